// Who joins a talk beside the two who have it: how they are asked, let in and let go, decision by decision.
import { describe, expect, test } from 'vitest';
import { languageId, skillId } from '../../infra/local/seed/seed-values.ts';
import { talksEnded } from '../../shared/domain/care.ts';
import type { Network } from '../../shared/domain/network.ts';
import { claimsOf } from '../../shared/domain/standing.ts';
import {
  answered,
  askedOf,
  at,
  byManager,
  given,
  hungUp,
  kindsOf,
  legEnded,
  legSid,
  looked,
  nothingYet,
  offerTo,
  onDuty,
  phaseOf,
  pressed,
  rang,
  type Story,
  texted,
  waited,
} from '../support/given.ts';
import { astana, fullLine, manager, smallNetwork } from '../support/small-network.ts';

const [kk, ru] = [languageId('kk'), languageId('ru')];
const interpreting = skillId('interpreter');
const anna = onDuty('anna');
const who = (name: string) => onDuty(name, { languages: [kk, ru], skills: [interpreting], region: astana });
const [dana, erke] = [who('dana'), who('erke')];
const wave = { waveSize: 2, ringSeconds: 20, replySeconds: 120, rungSeconds: 30 } as const;

const network: Network = {
  ...smallNetwork,
  skills: [
    ...smallNetwork.skills,
    { id: interpreting, names: { ru: 'Перевод', kk: 'Аударма', en: 'Interpreting' } },
  ],
  lines: [{ ...fullLine, needs: [], regionMenu: [] }],
  ladders: smallNetwork.ladders.map(ladder => ({
    ...ladder,
    rungs: [
      { kind: 'volunteers', scope: 'national', skill: 'preferred', language: 'interpreted', ...wave },
      { kind: 'manager', ...wave },
    ],
  })),
  settings: { ...smallNetwork.settings, interpreterSkill: interpreting },
};

const inKazakh = rang(network.lines[0], { ...nothingYet, language: kk });

/** Anna has taken the call, both are in the room, and the first interpreter's phone rings. */
function talking(roster = [anna, dana, erke]): Story {
  const ringing = given(inKazakh, { roster, network }).performed(1);
  const { seq } = offerTo(anna.volunteerId, ringing);
  return ringing
    .when(5, answered(seq))
    .when(9, pressed(seq, '1'))
    .performed(10)
    .when(11, waited(null, 0))
    .performed(12);
}

/** The first interpreter is in the room. */
function joined(story = talking()): { readonly story: Story; readonly seq: number } {
  const { seq } = offerTo(dana.volunteerId, story);
  return { story: story.when(15, answered(seq)).when(20, pressed(seq, '1')).performed(21), seq };
}

describe('somebody who is asked into a talk', () => {
  test('is held for it, and nobody else who interprets is asked once she is in', () => {
    const { story } = joined();
    const held = claimsOf(story.request, network.settings).map(({ volunteerId }) => volunteerId);
    expect(held).toEqual([anna.volunteerId, dana.volunteerId]);
    expect(askedOf(story.when(60, looked))).toEqual([]);
  });

  test('joins the room of the two, and may leave it without ending it', () => {
    const { seq } = offerTo(dana.volunteerId, talking());
    const said = talking().when(15, answered(seq)).when(20, pressed(seq, '1'));
    expect(said.reply).toMatchObject({
      kind: 'join',
      as: 'helper',
      seq: phaseOf(said, 'connected').offer.seq,
      added: seq,
    });
    const gone = said.performed(21).when(80, legEnded(seq, 'completed'));
    expect(phaseOf(gone, 'connected').offer.to).toBe(anna.volunteerId);
    expect(kindsOf(gone.actions)).toEqual([]);
  });

  test('is sought again after a goodbye, whoever was cut off too', () => {
    const { story, seq } = joined();
    const gone = story.when(80, legEnded(seq, 'completed'));
    expect(askedOf(gone.when(82, looked))).toEqual([]);
    expect(askedOf(gone.when(87, looked))).toEqual([erke.volunteerId]);
  });

  test('is let go when the talk ends before she has answered, and hears so when she has', () => {
    const rings = talking();
    const { seq } = offerTo(dana.volunteerId, rings);
    expect(rings.when(14, hungUp).actions).toContainEqual({ kind: 'end-leg', callSid: legSid(seq) });
    const over = rings.when(14, answered(seq)).when(16, hungUp);
    expect(over.actions).toContainEqual({ kind: 'redirect-helper', callSid: legSid(seq), seq });
    expect(over.when(17, pressed(seq, '1')).reply).toMatchObject({ kind: 'hang-up' });
  });

  test('goes by herself when the room ends, and the talk counts as one of hers', () => {
    const { story, seq } = joined();
    const over = story.when(320, hungUp);
    expect(over.actions).not.toContainEqual({ kind: 'redirect-helper', callSid: legSid(seq), seq });
    expect(talksEnded(story.request, over.request, at(320))).toContainEqual({
      volunteerId: dana.volunteerId,
      talk: { endedAt: at(320), seconds: 300 },
    });
  });

  test('by a manager’s hand is sent away, and another is sought', () => {
    const { story, seq } = joined();
    const away = story.when(60, { ...byManager, kind: 'manager-excluded', volunteerId: dana.volunteerId });
    expect(away.actions).toContainEqual({ kind: 'end-leg', callSid: legSid(seq) });
    expect(phaseOf(away, 'connected').offer.to).toBe(anna.volunteerId);
    expect(askedOf(away.when(67, looked))).toEqual([erke.volunteerId]);
  });

  test('is sought for a desk as well that speaks no language of hers', () => {
    const alone = given(inKazakh, { roster: [dana], network }).performed(1);
    const { seq } = offerTo(manager.id, alone);
    const taken = alone.when(5, answered(seq)).when(9, pressed(seq, '1'));
    expect(askedOf(taken)).toEqual([dana.volunteerId]);
  });
});

test('when nobody comes both are told, and managers; the talk goes on', () => {
  const rings = talking([anna, dana]);
  const { seq } = offerTo(dana.volunteerId, rings);
  const over = rings.when(15, answered(seq)).when(20, pressed(seq, '2'));
  expect(kindsOf(over.actions)).toEqual(['alert', 'tell-in-room', 'tell-in-room']);
  expect(phaseOf(over, 'connected').joining).toEqual([]);
  expect(over.performed(21).dueIn).toBeGreaterThan(3_600);
});

test('in writing nobody interprets: the rung is passed, on record', () => {
  const asked = given(texted('сәлем', network.lines[0]), { roster: [anna, dana], network }).when(
    5,
    texted('1'),
  );
  expect(asked.notes).toContainEqual({ note: 'rung-passed', rung: 0, because: 'no-interpreter' });
});
