// Nobody who is free speaks a language of hers: a volunteer takes the call, and an interpreter joins the two. She is
// with a person at once; the interpreter may come, go and stay away without ending the talk.
import { expect, test } from 'vitest';
import { languageId, skillId } from '../../infra/local/seed/seed-values.ts';
import { DUE_SHARDS } from '../../shared/app/ports.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Handset } from '../support/handset.ts';
import { astana, fullLine, manager, smallNetwork, volunteer } from '../support/small-network.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const [kk, ru] = [languageId('kk'), languageId('ru')];
const interpreting = skillId('interpreter');

/** Kazakh is offered first and no second language is known, so that Russian needs an interpreter. */
const network: Network = {
  ...smallNetwork,
  skills: [
    ...smallNetwork.skills,
    { id: interpreting, names: { ru: 'Перевод', kk: 'Аударма', en: 'Interpreting' } },
  ],
  lines: [{ ...fullLine, languages: [kk, ru], needs: [], regionMenu: [] }],
  ladders: smallNetwork.ladders.map(ladder => ({
    ...ladder,
    rungs: ladder.rungs.flatMap(rung =>
      rung.kind === 'volunteers' && rung.scope === 'national'
        ? [rung, { ...rung, language: 'interpreted' as const }]
        : [rung],
    ),
  })),
  settings: { ...smallNetwork.settings, interpreterSkill: interpreting },
};

const anna = volunteer('anna', 11);
const interpreter = (name: string, serial: number) =>
  volunteer(name, serial, { languages: [kk, ru], skills: [interpreting], region: astana });
const dana = interpreter('dana', 21);

/** She has chosen Kazakh, and Anna, who speaks Russian, has taken the call. */
async function together(world: World): Promise<{ readonly caller: Handset; readonly helper: Handset }> {
  const caller = world.phone('+77995550001').speaking('kk').mayHearAnything();
  const helper = world.phoneOf(anna);
  await caller.dials(fullLine);
  await caller.presses('1');
  await helper.rings(2);
  await helper.answers();
  await helper.hears('offer', { language: kk }, 'offer-in-language', { language: ru }, 'with-interpreter');
  await helper.hears('press-to-take');
  await helper.presses('1');
  await helper.hears('connecting', 'interpreter-comes');
  await caller.hears('connecting', 'helper-speaks', { language: ru }, 'interpreter-comes');
  await caller.talksWith(helper);
  return { caller, helper };
}

/** Of the one request that is open. */
async function notesOf({ stores }: World): Promise<readonly string[]> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => shard);
  const open = await Promise.all(shards.map(shard => stores.requests.due(shard, instant(8e15))));
  const [request] = open.flat();
  const timeline = request ? await stores.requests.timeline(request.requestId) : [];
  return timeline.flatMap(({ notes }) => notes.map(({ note }) => note));
}

async function comes(voice: Handset): Promise<void> {
  await voice.rings();
  await voice.answers();
  await voice.hears('offer-to-interpret', { language: kk }, { language: ru }, 'press-to-take');
  await voice.presses('1');
  await voice.hears('connecting');
}

test('an interpreter presses 1 and is in the talk of the two; who only interprets is asked for nothing else', async () => {
  const world = await worlds.open({ network, volunteers: [anna, dana] });
  const { caller, helper } = await together(world);
  const voice = world.phoneOf(dana).speaking('kk');
  await comes(voice);
  await caller.talksWith(voice);
  await helper.talksWith(voice);

  await caller.hangsUp();
  voice.speaking('ru'); // of both languages that of whoever had the talk
  for (const each of [helper, voice]) {
    await each.hears('call-over');
    await each.isFree();
  }
});

test('the interpreter hangs up: the two talk on, and another is asked', async () => {
  const second = interpreter('erke', 22);
  const world = await worlds.open({ network, volunteers: [anna, dana, second] });
  const { caller, helper } = await together(world);
  const [first, next] = [world.phoneOf(dana).speaking('kk'), world.phoneOf(second).speaking('kk')];
  await first.rings();
  await next.rings();
  await first.answers();
  await first.hears('offer-to-interpret', { language: kk }, { language: ru }, 'press-to-take');
  await first.presses('1');
  await first.hears('connecting');
  await next.stopsRinging();
  await caller.talksWith(first);
  await world.pass(40);

  await first.hangsUp();
  await world.pass(3);
  await caller.talksWith(helper);
  await next.rings(10);
  await next.rejects();
  await caller.saysGoodbyeTo(helper);
});

test('nobody comes to interpret: the talk goes on, both are told, she hears what she can do, a manager is told', async () => {
  const world = await worlds.open({ network, volunteers: [anna, dana] });
  const { caller, helper } = await together(world);
  const voice = world.phoneOf(dana);
  await voice.rings();
  await voice.rejects();
  world.alerts('no-interpreter');
  await caller.hears('no-interpreter', 'guidance');
  await helper.hears('no-interpreter');
  await caller.talksWith(helper);
  expect(await notesOf(world)).toEqual(
    expect.arrayContaining(['language-relaxed', 'joining-sought', 'joining-given-up']),
  );
  await caller.saysGoodbyeTo(helper);
});

test('without anybody to interpret no volunteer is asked in a language that she does not understand', async () => {
  const world = await worlds.open({ network, volunteers: [anna] });
  const caller = world.phone('+77995550001').speaking('kk').mayHearAnything();
  await caller.dials(fullLine);
  await caller.presses('1');
  await world.phoneOf(manager).rings(3);
  world.alerts('consent-missing');
  world.alerts('nobody-answers');
  await caller.hangsUp();
});
