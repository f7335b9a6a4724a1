// First story: a call. The first volunteer does not pick up, the second presses 1, and two people talk.
// Must never press or answer before a person could have.
import { DEMO_RING_SECONDS, demoLines, demoVolunteers } from './demo-network.ts';
import type { Stage } from './stage.ts';

export async function callStory(stage: Stage): Promise<void> {
  const line = demoLines.zhetisu;
  const caller = stage.phone(stage.callers.caller);
  const { aigul, dana } = demoVolunteers;

  const call = await caller.dial(line.number);
  await stage.until('she hears what she can choose', 5, () => stage.hears(caller, 'Someone to talk to'));
  await stage.seconds(1.5);
  await caller.press('1');
  const rings = (person: typeof aigul) => stage.phoneOf(person).ringing !== undefined;
  await stage.until('the first phone rings', 5, () => rings(aigul) || rings(dana));
  // Whoever was asked longest ago is asked first: not the same one when it is played again.
  const [firstAsked, takes] = rings(aigul) ? [aigul, dana] : [dana, aigul];
  const [first, second] = [stage.phoneOf(firstAsked), stage.phoneOf(takes)];
  await stage.until('the second phone rings', DEMO_RING_SECONDS + 6, () => second.ringing !== undefined);
  await stage.seconds(1.5);
  await second.answer();
  await stage.until('the question is asked', 3, () => stage.hears(second, 'To answer, press one'));
  await stage.seconds(2.5);
  await second.press('1');
  await stage.untilTheyTalk(caller, second);
  await stage.seconds(3);
  await caller.hangUp();
  await stage.until('the volunteer is free again', 8, () => second.call === undefined);

  stage.check('the first phone rang once', stage.ringsOf(first).length === 1);
  const showing = [...stage.ringsOf(first), ...stage.ringsOf(second)].map(ring => ring.showing);
  stage.check(
    'both phones showed the line',
    showing.every(number => number === line.number),
  );
  stage.checkNumbersStayHidden(caller, second);
  await stage.checkEnd(call.sid, 'talked', takes.id);
}
