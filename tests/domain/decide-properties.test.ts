// Whatever happens to a request, in whatever order: the invariants of docs/architecture.md hold after every step.
// The same run again: SEED=<the printed one> npx vitest run tests/domain/decide-properties.test.ts
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Action } from '../../shared/domain/action.ts';
import { isCanary } from '../../shared/domain/canary.ts';
import type { Decided } from '../../shared/domain/decide.ts';
import type { Event } from '../../shared/domain/event.ts';
import { type ContactId, type HelperId, isVolunteer } from '../../shared/domain/ids.ts';
import { isLastRung, type VolunteersRung, waveOf } from '../../shared/domain/ladder.ts';
import { type Contact, contactOf, lineOf, type Network } from '../../shared/domain/network.ts';
import { stillWanted } from '../../shared/domain/outbox.ts';
import { summaryOf } from '../../shared/domain/report-summary.ts';
import { isAway, joinedOffers, liveOffers, type Request, takenOffer } from '../../shared/domain/request.ts';
import { type Candidate, regionsIn } from '../../shared/domain/roster.ts';
import { claimsOf, dueAt, textRoutesOf } from '../../shared/domain/standing.ts';
import { goesToSurvivor, type Input } from '../../shared/domain/step.ts';
import { at, decideWith, doneOf, looked, performed, survivor } from '../support/given.ts';
import { eventOf, type Life, life, type Past, pastOf, SECRET } from '../support/plausible-life.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2_147_483_647);
const RUNS = Number(process.env['RUNS'] ?? 500);
console.log(`decide properties: SEED=${seed}`);

type Taken = {
  readonly before: Request | null;
  readonly event: Event;
  readonly input: Omit<Input, 'roster'>;
  readonly roster: readonly Candidate[];
  readonly decided: Decided;
};

/** Lives a life and lets `check` look at every step of it. Returns where it ended. */
function lived({ network, opening, roster, moves }: Life, check: (taken: Taken) => void): Lived {
  let now = 0;
  let onDuty = roster;
  const step = (before: Request | null, event: Event, chance: Pick<Input, 'luck' | 'conflicts'>) => {
    const input = { now: at(now), network, ...chance };
    const decided = decideWith(before, event, input, onDuty);
    check({ before, event, input, roster: onDuty, decided });
    return { ...decided.request, version: (before?.version ?? 0) + 1 };
  };
  let request = step(null, opening, { luck: 0.5, conflicts: 0 });
  let past: Past = pastOf({ offers: [], entryIds: [] }, request);
  moves.forEach((move, serial) => {
    now += move.gapSeconds;
    onDuty = move.roster ?? onDuty;
    request = step(request, eventOf(move, request, past, serial), move);
    past = pastOf(past, request);
  });
  return { request, seconds: now, roster: onDuty, network };
}
type Lived = Pick<Taken, 'roster'> & {
  readonly request: Request;
  readonly seconds: number;
  readonly network: Network;
};

const invariants: { readonly name: string; readonly check: (taken: Taken) => void }[] = [];
const holds = (name: string, check: (taken: Taken) => void) => void invariants.push({ name, check });

function checkAll(taken: Taken): void {
  for (const { name, check } of invariants) {
    try {
      check(taken);
    } catch (cause) {
      throw new Error(`after ${taken.event.kind}, not so: ${name}`, { cause });
    }
  }
}

const newActions = ({ before, decided }: Taken): readonly Action[] => {
  const known = new Set(before?.outbox.map(({ id }) => id));
  return decided.request.outbox.filter(({ id }) => !known.has(id)).map(({ action }) => action);
};
const newOffers = ({ decided: { notes } }: Taken) =>
  notes.flatMap(each => (each.note === 'offered' ? [each] : []));
const unique = (values: readonly unknown[]) => expect(new Set(values).size).toBe(values.length);

// deciding
holds('is the same for the same input, and changes nothing of it', taken => {
  const { before, event, input, roster, decided } = taken;
  expect(decideWith(before, event, input, roster)).toEqual(decided);
});

holds('is the same when at first only those near her are read who are next in turn', taken => {
  const { before, event, input, roster, decided } = taken;
  for (const nextInTurn of [1, 2]) {
    const { request, reply, work } = decideWith(before, event, input, roster, nextInTurn);
    expect({ request, reply, work }).toEqual({
      request: decided.request,
      reply: decided.reply,
      work: decided.work,
    });
  }
});

holds('leaves a request that reads back from JSON as it was written', ({ decided: { request } }) => {
  expect(JSON.parse(JSON.stringify(request))).toStrictEqual(request);
});

holds('never gives a number or a place in the outbox twice', ({ before, decided: { request } }) => {
  const seqs = liveOffers(request).map(({ seq }) => seq);
  unique([...seqs, ...request.outbox.map(({ id }) => id)]);
  const highest = Math.max(0, ...seqs, ...request.outbox.map(({ id }) => id));
  expect(request.nextSeq).toBeGreaterThan(highest);
  expect(request.nextSeq).toBeGreaterThanOrEqual(before?.nextSeq ?? 1);
});

// offers
holds('S1, S2: one active helper at most, and nobody is asked twice at the same time', taken => {
  const { request } = taken.decided;
  unique(liveOffers(request).map(({ to }) => to));
  const routes = textRoutesOf(request, taken.input.network.settings);
  unique(routes.map(({ helper, code, place }) => `${helper} ${code ?? `#${place}`}`));
  const claims = claimsOf(request, taken.input.network.settings);
  unique(claims.map(({ volunteerId }) => volunteerId));
  // Whoever joins a talk is knowingly added, one a role.
  const added = [...liveOffers(request), ...joinedOffers(request)].length;
  if (request.phase.kind === 'connected') expect(claims.length).toBeLessThanOrEqual(1 + added);
  expect(joinedOffers(request).length).toBeLessThanOrEqual(1);
  expect(joinedOffers(request).map(({ to }) => to)).not.toContain(takenOffer(request)?.to);
  for (const { leaseUntil } of claims) expect(leaseUntil).toBeGreaterThan(taken.input.now);
});

holds('S3: only to whoever may be asked, judged at that moment', taken => {
  for (const { to, rung, as } of newOffers(taken)) {
    const { request } = taken.decided;
    const judge = {
      helper: () => willingNow(to, taken, rung),
      assigned: () => assignableNow(to, taken),
      interpreter: () => interpretsNow(to, taken),
    };
    expect(as === 'manager' ? managesNow(to, taken) : judge[as]()).toBe('yes');
    const before = taken.before?.asked[to]?.outcome;
    if (as === 'assigned') continue; // whatever she answered before, whatever else rings
    if (isVolunteer(to)) expect(['declined', 'passed-on', 'unreachable']).not.toContain(before);
    if (request.phase.kind === 'searching') {
      const live = request.phase.offers.filter(offer => offer.rung === rung).length;
      expect(live).toBeLessThanOrEqual(waveOf(request.ladder, rung).waveSize);
    }
  }
  expect(newOffers(taken).length).toBeLessThanOrEqual(1);
});

function contactIn(network: Network, id: ContactId): Contact {
  const contact = contactOf(network, id);
  if (contact === null) throw new Error(`the network has no contact ${id}`);
  return contact;
}

holds('S6: nobody is called in without consent', taken => {
  const { consent, ladder } = taken.decided.request;
  const assumed = ladder.rungs.flatMap(rung =>
    rung.kind === 'contact' && rung.consent === 'assumed' ? [rung.contactKind] : [],
  );
  for (const { to, consent: noted, rung } of newOffers(taken)) {
    if (isVolunteer(to)) continue;
    const { kind } = contactIn(taken.input.network, to);
    if (kind === 'manager') continue;
    expect(consent[kind]?.given ?? assumed.includes(kind as 'legal')).toBe(true);
    if (kind === 'police') expect(consent.police?.given).toBe(true);
    if (noted !== null && ladder.rungs[rung]) expect(['given', 'assumed']).toContain(noted);
  }
  const police = newActions(taken).some(each => each.kind === 'alert' && each.audience === 'contact');
  if (police) expect([consent.police?.given, consent.legal?.given, ...assumed].some(Boolean)).toBe(true);
});

/** A later rung that goes further counts where somebody can interpret. */
function mayInterpret({ language }: VolunteersRung, { input, decided: { request } }: Taken): boolean {
  const { interpreterSkill } = input.network.settings;
  const several = new Set([request.language, ...lineOf(input.network, request.lineId).languages]).size > 1;
  return language === 'interpreted' && request.channel === 'voice' && interpreterSkill !== null && several;
}

function freeNow(
  { volunteerId, region, duty, pausedUntil, busyUntil, reachable, writesAt, restsAt }: Candidate,
  { input: { now, network }, decided: { request } }: Taken,
): string {
  if (duty.from > now || duty.until <= now) return 'off duty';
  if (request.excluded.includes(volunteerId)) return 'excluded';
  if (request.coolingDown) return 'for managers alone';
  if (request.elsewhere && region === request.region) return 'of her own region';
  if (!reachable || (pausedUntil ?? 0) > now || (busyUntil ?? 0) > now) return 'not free';
  const offer = liveOffers(request).find(({ to }) => to === volunteerId);
  const atMost = offer?.by === 'text' ? network.settings.conversationsAtOnce : 1;
  if (writesAt.length >= atMost) return 'has enough conversations';
  const taken = atMost === 1 ? writesAt : [...writesAt, ...restsAt];
  return offer && taken.includes(offer.place) ? 'not at a free place' : 'yes';
}

/** Named by a manager: the rung, her training and her region do not matter, all else does. */
function assignableNow(to: HelperId, taken: Taken): string {
  const helper = taken.roster.find(({ volunteerId }) => volunteerId === to);
  const { request } = taken.decided;
  if (taken.event.kind !== 'manager-assigned' || taken.event.volunteerId !== to) return 'not named';
  if (!helper) return 'not on duty';
  if (request.phase.kind !== 'searching') return 'nobody is sought';
  if (!helper.languages.includes(request.language)) return 'language';
  return freeNow(helper, taken);
}

/** Into a talk by phone, and not the one who has it. */
function managesNow(to: HelperId, { input, decided: { request } }: Taken): string {
  if (isVolunteer(to) || contactIn(input.network, to).kind !== 'manager') return 'no manager';
  if (request.channel === 'text') return 'nobody joins in writing';
  return takenOffer(request)?.to === to ? 'has the talk' : 'yes';
}

/** Into a talk that needs it, and with both its languages. */
function interpretsNow(to: HelperId, taken: Taken): string {
  const {
    input,
    roster,
    decided: { request },
  } = taken;
  const helper = roster.find(({ volunteerId }) => volunteerId === to);
  const talk = takenOffer(request);
  const { interpreterSkill } = input.network.settings;
  if (!helper || talk === null || interpreterSkill === null) return 'nobody to interpret';
  if (request.channel === 'text') return 'nobody interprets in writing';
  const other = isVolunteer(talk.to)
    ? (request.inLanguage[talk.to] ?? request.language)
    : contactIn(input.network, talk.to).language;
  if (other === request.language) return 'nothing to interpret';
  if (![other, request.language].every(each => helper.languages.includes(each))) return 'language';
  return helper.skills.includes(interpreterSkill) ? freeNow(helper, taken) : 'no interpreter';
}

function willingNow(to: HelperId, taken: Taken, index: number): string {
  const {
    input,
    roster,
    decided: { request },
  } = taken;
  const rung = request.ladder.rungs[index];
  const last = isLastRung(request.ladder, index);
  if (!isVolunteer(to)) {
    const { kind, regions, callNumber, textNumber } = contactIn(input.network, to);
    const onRung = rung?.kind === 'contact' ? rung.contactKind : rung?.kind === 'manager' ? 'manager' : null;
    if (!last && kind !== onRung) return 'not the kind of contact of this rung';
    if ((request.channel === 'voice' ? callNumber : textNumber) === null) return 'cannot be reached';
    const responsible = regions.length === 0 || (request.region !== null && regions.includes(request.region));
    return responsible ? 'yes' : 'not responsible';
  }
  if (!last && rung?.kind !== 'volunteers') return 'no rung for volunteers';
  const scope = rung?.kind === 'volunteers' ? rung.scope : 'national';
  const helper = roster.find(({ volunteerId }) => volunteerId === to);
  if (!helper) return 'not on duty';
  const { minorSkill, interpreterSkill } = input.network.settings;
  const step = rung?.kind === 'volunteers' ? rung.language : 'interpreted';
  const ofTheLine = lineOf(input.network, request.lineId).languages;
  const inAnother = step === 'interpreted' && ofTheLine.some(each => helper.languages.includes(each));
  if (!helper.languages.includes(request.language) && !inAnother) return 'language';
  if (!regionsIn(input.network, scope, request.region).includes(helper.region)) return 'out of scope';
  if (interpreterSkill !== null && `${helper.skills}` === interpreterSkill) return 'only interprets';
  const free = freeNow(helper, taken);
  if (free !== 'yes') return free;
  // No line here has a second language: a rung for one asks nobody whom the rungs before did not ask.
  const wider = request.ladder.rungs
    .slice(index + 1)
    .some(later => later.kind === 'volunteers' && (later.language === 'exact' || mayInterpret(later, taken)));
  if (request.minor && wider && minorSkill !== null && !helper.skills.includes(minorSkill))
    return 'untrained';
  const skill = rung?.kind === 'volunteers' && rung.skill === 'required' ? request.need : null;
  return skill === null || helper.skills.includes(skill) ? 'yes' : 'skill';
}

// the survivor
holds('S7: is sent nothing after the end, and only the neutral question before her yes', taken => {
  const { phase, outbox } = taken.decided.request;
  const toHer = outbox.map(({ action }) => action).filter(goesToSurvivor);
  if (phase.kind === 'closed') expect(toHer).toEqual([]);
  if (phase.kind !== 'greeting') return;
  for (const action of toHer)
    expect(action).toEqual({ kind: 'text-survivor', text: { text: 'safe-question' } });
});

holds(
  'S7: after a silence nothing but the neutral question goes out before she says that it is a good time',
  taken => {
    const { goodTime, phase, channel, rules } = taken.decided.request;
    if (channel === 'voice' || phase.kind === 'greeting') return;
    if (goodTime.until !== null && goodTime.until > taken.input.now) return;
    if (rules?.mayText && rules.until > taken.input.now) return; // agreed, and here always at any hour
    for (const { action } of taken.decided.work.filter(each => goesToSurvivor(each.action)))
      expect(action).toEqual({ kind: 'text-survivor', text: { text: 'safe-question' } });
    expect(goodTime.asked).toBeLessThanOrEqual(2);
  },
);

holds('S7: she is called only as agreed, and only for somebody who waits for her', taken => {
  const { request, work } = taken.decided;
  for (const { action } of work) {
    if (action.kind !== 'ring-survivor' || !stillWanted(request, action)) continue;
    expect(request.phase.kind).toBe('connected');
    const { rules } = request;
    expect([rules?.callDigit, (rules?.until ?? 0) > taken.input.now]).toEqual([expect.any(String), true]);
  }
  if (request.phase.kind === 'connected' && request.phase.joined) expect(isAway(request)).toBe(false);
  if (request.callSid !== null) expect(request.called).toBeNull();
});

holds(
  'her texts are on their way to nobody but whoever is with her, or was at the end',
  ({ decided, input }) => {
    const { phase, outbox } = decided.request;
    const withHer = phase.kind === 'connected' ? phase.offer.to : phase.kind === 'closed' && phase.lastHelper;
    for (const { action, leasedUntil } of outbox) {
      if (action.kind !== 'relay' || action.to === 'survivor') continue;
      expect(action.to).toBe(withHer);
      // At its turn, and never as late as words that are gathered.
      if (phase.kind === 'closed') expect(leasedUntil).toBeLessThanOrEqual(input.now + 60_000);
    }
  },
);

const reachedIn = (event: Event) =>
  event.kind === 'actions-performed'
    ? event.results.flatMap(({ reached = [] }) => reached.map(({ reason }) => reason))
    : [];

holds('is closed once: nothing opens a closed request again or asks anybody for it', taken => {
  const { before, decided } = taken;
  const closings = decided.notes.filter(({ note }) => note === 'closed').length;
  expect(closings).toBe(before?.phase.kind !== 'closed' && decided.request.phase.kind === 'closed' ? 1 : 0);
  if (before?.phase.kind !== 'closed') return;
  const { outbox, nextSeq, private: kept, ...rest } = decided.request;
  const { outbox: _outbox, nextSeq: _nextSeq, private: _kept, ...was } = before;
  // What a volunteer or a manager says of a talk afterwards is kept for whoever calls next.
  const isToldAfterwards = taken.event.kind === 'helper-texted' || taken.event.kind.startsWith('manager-');
  const { excluded, excludedByHand, minor, coolingDown } = isToldAfterwards ? rest : was;
  expect(rest).toEqual({ ...was, excluded, excludedByHand, minor, coolingDown });
  // What was on its way when it closed may still reach a limit of the day.
  const alerted = newActions(taken).flatMap(action => (action.kind === 'alert' ? [action.reason] : []));
  // Words that were on their way when it closed, and did not arrive, are told of too.
  const isReport = taken.event.kind === 'actions-performed';
  const ofTheTalk = [
    ...(isToldAfterwards ? ['abuse-reported', 'minor'] : []),
    ...(isReport ? ['words-lost'] : []),
  ];
  expect(alerted.filter(reason => !ofTheTalk.includes(reason))).toEqual(reachedIn(taken.event));
  const mayDo = [
    'end-leg',
    'alert',
    ...(isToldAfterwards ? ['rest-volunteer', 'cool-down', 'text-helper'] : []),
  ];
  for (const action of newActions(taken)) expect(mayDo).toContain(action.kind);
  for (const textKey of Object.keys(kept.texts)) expect(textKey in before.private.texts).toBe(true);
  expect([outbox.length > 0, nextSeq]).toBeTruthy();
});

holds('a manager’s hand never gives consent, never ends a call that waits, and is on record once', taken => {
  const { before, event, decided } = taken;
  const noted = decided.notes.flatMap(each => (each.note === 'by-hand' ? [each] : []));
  expect(noted.length).toBe(event.kind.startsWith('manager-') ? 1 : 0);
  if (before === null || noted.length === 0) return;
  expect(decided.request.consent).toEqual(before.consent);
  const waits = before.callSid !== null && before.phase.kind !== 'connected';
  if (waits && before.phase.kind !== 'closed') expect(decided.request.phase.kind).not.toBe('closed');
  const did = noted[0]?.came === 'done';
  if (event.kind === 'manager-closed' && did) expect(decided.request.phase.kind).toBe('closed');
  if (event.kind === 'manager-released' && did && event.helper === null)
    expect(decided.request.phase.kind).not.toBe('connected');
});

holds('S8: her number and her words stand nowhere but in the sealed part', ({ decided }) => {
  const { private: _sealed, ...open } = decided.request;
  const written = JSON.stringify([open, decided.reply, decided.notes, decided.work]);
  expect(written).not.toContain(SECRET);
  expect(written).not.toContain(survivor.slice(2));
});

holds('what is kept for reports grows with what happens, and says nothing of who it was', taken => {
  const { before, input, decided } = taken;
  const { course } = decided.request;
  expect(course.rung).toBeGreaterThanOrEqual(before?.course.rung ?? 0);
  expect(course.talkSeconds).toBeGreaterThanOrEqual(before?.course.talkSeconds ?? 0);
  if (before?.course.person) expect(course.person).toEqual(before.course.person);
  const kept = summaryOf(decided.request, input.network);
  expect(kept !== null).toBe(decided.request.phase.kind === 'closed' && !isCanary(decided.request));
  expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${SECRET}|${survivor.slice(2)}|vol_|con_`));
});

holds('hears what fits where her request stands', ({ event, decided: { request, reply } }) => {
  expect(reply.kind === 'ask' ? `ask ${reply.next.to}` : reply.kind).toMatch(replyTo(event, request));
  if (reply.kind === 'ask' && event.kind === 'caller-waited') expect(reply.next.turn).toBe(event.turn + 1);
  const active = request.phase.kind === 'connected' ? request.phase.offer.seq : null;
  if (reply.kind === 'join' && active !== null) expect(reply.seq).toBe(active);
  if (reply.kind === 'join')
    expect(reply.as).toBe(/^(caller|survivor)/.test(event.kind) ? 'survivor' : 'helper');
});

function replyTo(event: Event, request: Request): RegExp {
  switch (event.kind) {
    case 'caller-rang':
    case 'caller-chose':
    case 'caller-waited':
    case 'caller-left-room':
      if (isAway(request)) return /^hang-up$/;
      return {
        intake: /^ask menu$/,
        greeting: /^hang-up$/,
        searching: /^ask wait$/,
        connected: /^join$/,
        'calling-back': /^hang-up$/,
        closed: /^hang-up$/,
      }[request.phase.kind];
    case 'survivor-answered':
      return /^(ask called|hang-up)$/;
    case 'survivor-pressed':
      return /^(ask called|ask wait|join|hang-up)$/;
    case 'helper-answered':
    case 'helper-pressed':
      return /^(ask screen|join|hang-up)$/;
    case 'helper-left-room':
      return /^hang-up$/;
    default:
      return /^nothing$/;
  }
}

// never at rest
holds('L4: due later than now while something is pending, and never when closed and done', taken => {
  const { request } = taken.decided;
  const due = dueAt(request, taken.input.network.settings);
  if (request.phase.kind === 'closed' && request.outbox.length === 0) expect(due).toBeNull();
  else expect(due).toBeGreaterThan(taken.input.now);
});

holds('S5: work is what this decision caused or took over, and nothing that somebody else is at', taken => {
  const { before, decided, input } = taken;
  const leased =
    before?.outbox.filter(entry => entry.tries >= 0 && entry.leasedUntil > input.now).map(({ id }) => id) ??
    [];
  for (const entry of decided.work) {
    expect(decided.request.outbox).toContain(entry);
    expect(leased).not.toContain(entry.id);
  }
  for (const { action } of decided.request.outbox)
    if (action.kind === 'ring' && stillWanted(decided.request, action))
      expect(liveOffers(decided.request).map(({ seq }) => seq)).toContain(action.seq);
});

test('whatever happens, in whatever order: every invariant holds after every step', () => {
  fc.assert(
    fc.property(life(40), each => void lived(each, checkAll)),
    { seed, numRuns: RUNS },
  );
});

test('L1, L2: looks alone bring every request to a person, to its end, or to the last rung for ever', () => {
  fc.assert(
    fc.property(life(25), each => {
      const end = lookedAfter(lived(each, () => undefined));
      expect(end.outbox).toEqual([]);
      if (end.phase.kind !== 'searching')
        expect(['connected', 'closed', 'calling-back']).toContain(end.phase.kind);
      else expect(end.phase.rung).toBe(end.ladder.rungs.length);
    }),
    { seed, numRuns: RUNS / 2 },
  );
});

/** Three quarters of an hour and more in which nothing comes but looks when they are due; everything that is to be done is done. */
function lookedAfter({ request, seconds, roster, network }: Lived): Request {
  const until = seconds + 3_000;
  let now = seconds;
  let current = request;
  const decideNow = (event: Event) => {
    const { request: after } = decideWith(
      current,
      event,
      { now: at(now), network, luck: 0.3, conflicts: 0 },
      roster,
    );
    current = { ...after, version: current.version + 1 };
  };
  while (now < until) {
    decideNow(looked);
    for (let round = 0; round < 3 && current.outbox.length > 0; round += 1)
      decideNow(performed(...current.outbox.map(doneOf)));
    const due = dueAt(current, network.settings);
    if (due === null) break;
    now = Math.max(now + 1, Math.ceil((due - at(0)) / 1000));
  }
  return current;
}
