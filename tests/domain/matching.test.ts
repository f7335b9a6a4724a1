// Who is asked next, and the reason that everybody else is given. Requests are made by calls that carry what an
// earlier call told: that is the only way by which a survivor brings exclusions and people she knows.
import { describe, expect, test } from 'vitest';
import type { Carried } from '../../shared/domain/event.ts';
import { parseLanguageId, parseSkillId } from '../../shared/domain/ids.ts';
import { type Picked, pickContact, pickVolunteer } from '../../shared/domain/matching.ts';
import type { Contact, Network } from '../../shared/domain/network.ts';
import type { Asked, Request } from '../../shared/domain/request.ts';
import type { Candidate } from '../../shared/domain/roster.ts';
import { at, frozen, given, nothingYet, onDuty, rang, start, sure, texted } from '../support/given.ts';
import {
  almaty,
  almatyRegion,
  astana,
  lawyer,
  manager,
  plainLine,
  police,
  smallNetwork,
  ulytau,
} from '../support/small-network.ts';

const legal = sure(parseSkillId('legal'));
const kazakh = sure(parseLanguageId('kk'));
const russian = sure(parseLanguageId('ru'));
const anyone = {
  scope: 'national',
  skill: 'preferred',
  languages: [russian],
  isWidest: true,
  mayBend: false,
  interpretingInto: null,
} as const;
const calm = { now: start, network: smallNetwork, conflicts: 0, luck: 0.99 };
const aigul = onDuty('aigul');
const bota = onDuty('bota');

/** Somebody who calls again, with what her earlier call told; one phone rings for her already. */
const caller = (told: Partial<Carried> = {}): Request =>
  given(rang(plainLine, { ...nothingYet, ...told }), { roster: [onDuty('ringing')] }).request;

const pick = (
  request: Request,
  candidates: readonly Candidate[],
  rung: Parameters<typeof pickVolunteer>[2] = anyone,
  context: Partial<typeof calm> = {},
): Picked => pickVolunteer(frozen(request), frozen(candidates), rung, { ...calm, ...context });

const chosenFrom = (...args: Parameters<typeof pick>) => pick(...args).chosen;
const verdictOn = (candidate: Candidate, told: Partial<Carried> = {}) =>
  pick(caller(told), [candidate]).verdicts[0]?.verdict;

describe('a rung on which a second language will do', () => {
  const either = { ...anyone, languages: [kazakh, russian] };
  const hers = () => caller({ language: kazakh });

  test('whoever speaks her own comes first, from however far away', () => {
    const far = onDuty('far', { region: astana, languages: [kazakh], skills: [], lastOfferedAt: at(-1) });
    expect(pick(hers(), [aigul, far], either)).toMatchObject({ chosen: far.volunteerId, inLanguage: null });
  });

  test('whoever shares another with her is chosen with that one named', () => {
    expect(pick(hers(), [aigul], either)).toMatchObject({ chosen: aigul.volunteerId, inLanguage: russian });
  });

  test('without such a rung nobody is asked in another language', () => {
    const exact = { ...either, languages: [kazakh] };
    expect(pick(hers(), [aigul], exact)).toMatchObject({ chosen: null, verdicts: [{ verdict: 'language' }] });
  });
});

describe('her wish for a woman or a man', () => {
  const man = onDuty('a-man', { gender: 'man', skills: [legal] });
  const woman = onDuty('z-woman', { gender: 'woman', region: astana, skills: [] });

  test('comes before skill and place', () => {
    const asked = caller({ need: legal, wishedGender: 'woman' });
    expect(chosenFrom(asked, [man, woman])).toBe(woman.volunteerId);
    expect(chosenFrom(caller({ need: legal }), [man, woman])).toBe(man.volunteerId);
  });

  test('leaves nobody out', () => {
    expect(chosenFrom(caller({ wishedGender: 'woman' }), [man])).toBe(man.volunteerId);
    expect(chosenFrom(caller({ wishedGender: 'man' }), [aigul])).toBe(aigul.volunteerId);
  });
});

describe('the order in which volunteers are asked', () => {
  test('whoever spoke with her before comes before anybody nearer, fitter or rested', () => {
    const known = onDuty('known', { region: ulytau, skills: [], lastOfferedAt: at(-1) });
    const request = caller({ preferred: known.volunteerId, need: legal });
    expect(chosenFrom(request, [onDuty('aigul', { skills: [legal] }), known])).toBe(known.volunteerId);
  });

  test('whoever can do what she needs comes before whoever is nearer', () => {
    const far = onDuty('far', { region: astana, skills: [legal] });
    expect(chosenFrom(caller({ need: legal }), [aigul, far])).toBe(far.volunteerId);
  });

  test('her own region, then its neighbours, then all others alike', () => {
    const here = onDuty('z-here', { lastOfferedAt: at(-1) });
    const near = onDuty('y-near', { region: almatyRegion, lastOfferedAt: at(-9) });
    const far = onDuty('a-far', { region: astana });
    const farther = onDuty('b-far', { region: ulytau, lastOfferedAt: at(-99) });
    expect(chosenFrom(caller(), [farther, far, near, here])).toBe(here.volunteerId);
    expect(chosenFrom(caller(), [farther, far, near])).toBe(near.volunteerId);
    expect(chosenFrom(caller(), [farther, far])).toBe(far.volunteerId);
  });

  test('somebody in several regions is in the nearest of them, and at home only when she is on duty there', () => {
    const near = onDuty('y-near', { region: almatyRegion });
    const both = onDuty('z-both', { region: astana, regions: [astana, almaty] });
    const away = onDuty('a-away', { region: almaty, regions: [astana] });
    expect(chosenFrom(caller(), [away, near, both])).toBe(both.volunteerId);
    expect(chosenFrom(caller(), [away, near])).toBe(near.volunteerId);
  });

  test('who wants nobody from her region is given nobody who lives there, nor anybody who answers there', () => {
    const lives = onDuty('lives', { region: almaty, regions: [astana] });
    const answers = onDuty('answers', { region: astana, regions: [astana, almaty] });
    const neither = onDuty('neither', { region: astana });
    const request = caller({ elsewhere: true });
    expect(pick(request, [lives, answers, neither])).toMatchObject({
      chosen: neither.volunteerId,
      verdicts: [{ verdict: 'excluded' }, { verdict: 'excluded' }, { verdict: 'chosen' }],
    });
  });

  test('without a region nobody is nearer', () => {
    const rested = onDuty('rested', { region: ulytau });
    const tired = onDuty('a-tired', { lastOfferedAt: at(-60) });
    expect(chosenFrom(caller({ region: null }), [tired, rested])).toBe(rested.volunteerId);
  });

  test('whoever was offered something longest ago, and never before long ago', () => {
    const [never, long, lately] = [
      onDuty('z-never'),
      onDuty('y-long', { lastOfferedAt: at(-9_000) }),
      onDuty('x-lately', { lastOfferedAt: at(-60) }),
    ];
    expect(chosenFrom(caller(), [lately, long, never])).toBe(never.volunteerId);
    expect(chosenFrom(caller(), [lately, long])).toBe(long.volunteerId);
  });

  test('a tie goes by name, whatever the order of the roster', () => {
    expect(chosenFrom(caller(), [bota, aigul])).toBe(aigul.volunteerId);
    expect(chosenFrom(caller(), [aigul, bota])).toBe(aigul.volunteerId);
  });

  test('luck has no part in it before the first lost race', () => {
    for (const luck of [0, 0.5, 0.99])
      expect(chosenFrom(caller(), [bota, aigul], anyone, { luck })).toBe(aigul.volunteerId);
  });

  test('after a lost race it is random among the best 25, and never beyond them', () => {
    const names = Array.from({ length: 40 }, (_, place) => `v${String(place).padStart(2, '0')}`);
    const many = names.map(name => onDuty(name));
    const chosen = (luck: number) => chosenFrom(caller(), many, anyone, { conflicts: 1, luck });
    expect(chosen(0)).toBe('vol_v00');
    expect(chosen(0.5)).toBe('vol_v12');
    expect(chosen(0.999)).toBe('vol_v24');
    expect(chosenFrom(caller(), many.slice(0, 2), anyone, { conflicts: 3, luck: 0.999 })).toBe('vol_v01');
    expect(chosenFrom(caller(), [], anyone, { conflicts: 3, luck: 0.999 })).toBeNull();
  });

  test('the chosen one is marked so, and everybody else keeps a verdict', () => {
    const away = onDuty('away', { pausedUntil: at(60) });
    expect(pick(caller(), [bota, away, aigul]).verdicts).toEqual([
      { helper: bota.volunteerId, verdict: 'eligible' },
      { helper: away.volunteerId, verdict: 'paused' },
      { helper: aigul.volunteerId, verdict: 'chosen' },
    ]);
  });
});

describe('why a volunteer is not asked', () => {
  test.each<[string, Partial<Candidate>, string]>([
    ['her duty begins in a second', { duty: { from: at(1), until: at(60) } }, 'off-duty'],
    ['her duty ends at this very moment', { duty: { from: at(-60), until: at(0) } }, 'off-duty'],
    ['her duty began at this very moment', { duty: { from: at(0), until: at(60) } }, 'chosen'],
    ['she does not speak the language', { languages: [kazakh] }, 'language'],
    ['her number does not work', { reachable: false }, 'unreachable'],
    ['she asked for a rest', { pausedUntil: at(1) }, 'paused'],
    ['her rest is over', { pausedUntil: at(0) }, 'chosen'],
    ['another request holds her', { busyUntil: at(1) }, 'busy'],
    ['nobody holds her any more', { busyUntil: at(0) }, 'chosen'],
    ['she writes with somebody, and the request is a call', { writesAt: [0] }, 'busy'],
  ])('%s', (_why, facts, verdict) => {
    expect(verdictOn(onDuty('aigul', facts))).toBe(verdict);
  });

  test.each<[string, readonly number[], readonly number[], string, number]>([
    ['writes with nobody', [], [], 'chosen', 0],
    ['writes with one', [0], [], 'chosen', 1],
    ['writes with one at the second place', [1], [], 'chosen', 0],
    ['writes with one, and another has just ended', [0], [1], 'chosen', 2],
    ['writes with nobody, and one has just ended', [], [0], 'chosen', 1],
    ['writes with one, and has no number that is not meant for another yet', [0], [1, 2, 3], 'busy', 0],
    ['writes with as many as there may be', [0, 1], [], 'busy', 0],
    ['writes with as many, at whatever places', [0, 3], [], 'busy', 0],
  ])(
    'a request by text, where two at once are the limit: she %s',
    (_how, writesAt, restsAt, verdict, place) => {
      const settings = { ...smallNetwork.settings, conversationsAtOnce: 2 };
      const text = { network: { ...smallNetwork, settings } };
      const written = { ...caller(), channel: 'text' as const };
      const picked = pick(written, [onDuty('aigul', { writesAt, restsAt })], anyone, text);
      expect([picked.verdicts[0]?.verdict, picked.place]).toEqual([verdict, place]);
    },
  );

  test('the survivor has excluded her: said before anything else', () => {
    const away = onDuty('aigul', { languages: [], reachable: false, duty: { from: at(5), until: at(6) } });
    expect(verdictOn(away, { excluded: [away.volunteerId] })).toBe('excluded');
  });

  test('being excluded outweighs having spoken with her', () => {
    const told = { excluded: [aigul.volunteerId], preferred: aigul.volunteerId };
    expect(verdictOn(aigul, told)).toBe('excluded');
  });

  test('a skill keeps her out only where the rung requires it and the survivor has said what she needs', () => {
    const required = {
      scope: 'region',
      skill: 'required',
      languages: [russian],
      isWidest: false,
      mayBend: false,
      interpretingInto: null,
    } as const;
    expect(pick(caller({ need: legal }), [aigul], required).verdicts[0]?.verdict).toBe('skill');
    expect(pick(caller({ need: null }), [aigul], required).chosen).toBe(aigul.volunteerId);
    expect(pick(caller({ need: legal }), [aigul]).chosen).toBe(aigul.volunteerId);
  });

  test('this very request is ringing her, though the roster does not know it yet', () => {
    const { request } = given(rang(), { roster: [aigul] });
    expect(pick(request, [aigul]).verdicts[0]?.verdict).toBe('busy');
  });
});

describe('who may be asked again', () => {
  const again = (outcome: Asked['outcome'], secondsAgo: number) =>
    verdictOn(aigul, { asked: { [aigul.volunteerId]: { at: at(-secondsAgo), outcome } } });

  test.each<Asked['outcome']>(['declined', 'passed-on', 'unreachable'])('never who %s', outcome => {
    expect(again(outcome, 999_999)).toBe('asked-before');
  });

  test.each<Asked['outcome']>(['no-answer', 'left'])('after a round of the last rung who %s', outcome => {
    expect(again(outcome, 119)).toBe('asked-before');
    expect(again(outcome, 120)).toBe('chosen');
  });

  test('a moment later who was busy', () => {
    expect(again('busy', 19)).toBe('asked-before');
    expect(again('busy', 20)).toBe('chosen');
  });

  test('at once whose offer was only withdrawn', () => {
    expect(again('withdrawn', 0)).toBe('chosen');
  });
});

describe('contacts', () => {
  const withContacts = (...contacts: readonly Contact[]): Network => ({ ...smallNetwork, contacts });
  const pickFrom = (network: Network, request: Request, ...kinds: readonly Contact['kind'][]) =>
    pickContact(frozen(request), kinds, frozen(network), start);
  const verdictOf = (contact: Contact, request: Request = caller()) =>
    pickFrom(withContacts(contact), request, contact.kind).verdicts[0]?.verdict;

  test('only of the kinds that are asked for, in the order of the kinds', () => {
    const network = withContacts(lawyer, police, manager);
    expect(pickFrom(network, caller(), 'police').verdicts.map(({ helper }) => helper)).toEqual([police.id]);
    expect(pickFrom(network, caller(), 'manager', 'legal').chosen).toBe(manager.id);
    expect(pickFrom(network, caller(), 'partner').chosen).toBeNull();
  });

  test('whoever is responsible for her region comes before whoever is for all; then as configured', () => {
    const local = { ...police, id: lawyer.id, regions: [almaty] };
    expect(pickFrom(withContacts(police, local), caller(), 'police').chosen).toBe(local.id);
    const second = { ...police, id: manager.id };
    expect(pickFrom(withContacts(second, police), caller(), 'police').chosen).toBe(second.id);
  });

  test('not one who is responsible elsewhere, nor a local one while her region is not known', () => {
    const local = { ...police, regions: [almaty] };
    expect(verdictOf(local)).toBe('chosen');
    expect(verdictOf({ ...police, regions: [astana] })).toBe('region');
    expect(verdictOf(local, caller({ region: null }))).toBe('region');
  });

  test('by call only whoever takes calls, by text only whoever takes texts', () => {
    const writer = given(texted('x')).request;
    expect(verdictOf({ ...police, callNumber: null })).toBe('unreachable');
    expect(verdictOf({ ...police, textNumber: null })).toBe('chosen');
    expect(verdictOf({ ...police, textNumber: null }, writer)).toBe('unreachable');
    expect(verdictOf({ ...police, callNumber: null }, writer)).toBe('chosen');
  });

  test('only while open, in their own wall time', () => {
    const mondayMorning = { weekdays: [1], from: 9 * 60, until: 10 * 60 + 1 } as const;
    expect(verdictOf({ ...police, hours: [mondayMorning] })).toBe('chosen');
    expect(verdictOf({ ...police, hours: [{ ...mondayMorning, until: 600 }] })).toBe('closed-now');
    expect(verdictOf({ ...police, hours: [mondayMorning], zone: 'Europe/Berlin' })).toBe('closed-now');
  });

  test('one who declined or did not answer only after a round of the last rung: a desk is staffed by turns', () => {
    const asked = (outcome: Asked['outcome'], secondsAgo: number) =>
      caller({ asked: { [police.id]: { at: at(-secondsAgo), outcome } } });
    expect(verdictOf(police, asked('declined', 119))).toBe('asked-before');
    expect(verdictOf(police, asked('declined', 120))).toBe('chosen');
    expect(verdictOf(police, asked('no-answer', 119))).toBe('asked-before');
    expect(verdictOf(police, asked('no-answer', 120))).toBe('chosen');
  });
});
