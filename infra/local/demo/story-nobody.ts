// Third story: nobody answers. Three volunteers, three ways of not being there; then the police, but only once she
// has said yes. Must never let a voicemail pass for a person.

import type { Phone } from '../exchange/exchange.ts';
import { demoLines, demoVolunteers, dutyManager, policeDesk } from './demo-network.ts';
import type { Stage } from './stage.ts';

export async function nobodyStory(stage: Stage): Promise<void> {
  const { saule, timur } = demoVolunteers;
  const [voicemail, declining] = [stage.phoneOf(saule), stage.phoneOf(timur)];
  voicemail.behaviour = { kind: 'voicemail', afterSeconds: 3, hangsUpAfterSeconds: 8 };
  declining.behaviour = { kind: 'rejects', afterSeconds: 1 };
  try {
    await nobodyAnswers(stage, voicemail, declining);
  } finally {
    for (const phone of [voicemail, declining]) phone.behaviour = { kind: 'manual' };
  }
}

async function nobodyAnswers(stage: Stage, voicemail: Phone, declining: Phone): Promise<void> {
  const line = demoLines.abai;
  const caller = stage.phone(stage.callers.secondCaller);
  const silent = stage.phoneOf(demoVolunteers.erlan);
  const [desk, manager] = [stage.phoneOf(policeDesk), stage.phoneOf(dutyManager)];

  const call = await caller.dial(line.number);
  await stage.until('the first phone rings', 5, () =>
    [silent, voicemail, declining].some(phone => stage.ringsOf(phone).length > 0),
  );
  await stage.until('she is asked about the police', 25, () =>
    stage.hears(caller, 'shall we call the police'),
  );
  await stage.until('the manager’s phone rings instead', 15, () => manager.ringing !== undefined);
  stage.check('the police has not been called before her yes', stage.ringsOf(desk).length === 0);
  await stage.seconds(1);
  await caller.press('1');
  await stage.until('the police desk rings', 25, () => desk.ringing !== undefined);
  stage.check('a voicemail picked up before, and nothing came of it', stage.ringsOf(voicemail).length === 1);
  stage.check('the third volunteer was asked too', stage.ringsOf(declining).length === 1);
  await stage.seconds(1.5);
  await desk.answer();
  await stage.until('the desk hears what it is about', 3, () =>
    stage.hears(desk, 'A person needs your help'),
  );
  await stage.seconds(2.5);
  await desk.press('1');
  await stage.untilTheyTalk(caller, desk);
  await stage.seconds(3);
  await caller.hangUp();
  await stage.until('the desk is free again', 8, () => desk.call === undefined);

  stage.check('the manager’s phone has stopped ringing', manager.ringing === undefined);
  stage.checkNumbersStayHidden(caller, desk);
  await stage.checkEnd(call.sid, 'talked', policeDesk.id);
}
