// Each note of a timeline as a sentence for whoever reads afterwards what Pana did, and why.
// Must never hold a name or a number: the timeline has none, and nothing here may look one up.
import type { LanguageId, SkillId } from '../../domain/ids.ts';
import type { Rung } from '../../domain/ladder.ts';
import type { Note } from '../../domain/timeline.ts';
import { whatIsDone, whyRefused } from './refusal-words.ts';
import { rungName, whyPassed } from './rung-words.ts';
import { verdictLines } from './verdict-words.ts';

export type NoteTelling = {
  /** Null: not known here, and rungs are told by their number alone. */
  readonly rungs: readonly Rung[] | null;
  readonly language: LanguageId | null;
  readonly need: SkillId | null;
  readonly namesAll: boolean;
};

type NoteOf<Kind extends Note['note']> = Extract<Note, { note: Kind }>;
type Words = {
  readonly [Kind in Note['note']]: (note: NoteOf<Kind>, telling: NoteTelling) => string | readonly string[];
};

const words: Words = {
  opened: ({ channel, withheld, again }) =>
    `opened by ${channel === 'voice' ? 'a call' : 'a text'}` +
    `${withheld ? ', number withheld' : ''}${again ? ', soon after an earlier request of the same number' : ''}`,
  'language-chosen': ({ language }) => `language: ${language}`,
  'need-chosen': ({ need }) => `need: ${need ?? 'not chosen'}`,
  'region-chosen': ({ region }) => `region: ${region ?? 'not chosen'}`,
  'search-started': ({ rung }, telling) => `search started at ${rungLabel(rung, telling)}`,
  'rung-reached': ({ rung }, telling) => `reached ${rungLabel(rung, telling)}`,
  'rung-passed': ({ rung, because }, telling) =>
    `left ${rungLabel(rung, telling)}, not confirmed: ${whyPassed(because)}`,
  judged: ({ rung, verdicts }, telling) => [
    `${verdicts.length} judged for ${rungNumber(rung, telling)}`,
    ...verdictLines(verdicts, telling, telling).map(line => `  ${line}`),
  ],
  'limits-bent': ({ to, because }) => `${to} should rest (${because}), and there is nobody else`,
  'language-relaxed': ({ languages, interpreted }) =>
    `from here on also volunteers who speak ${languages.slice(1).join(' or ')} with her, instead of ${languages[0]}` +
    `${interpreted ? ', with an interpreter where she does not understand it' : ''}`,
  'joining-sought': ({ role, languages }) =>
    `${role === 'manager' ? 'a' : 'an'} ${role} is sought to join the talk` +
    `${languages.length > 0 ? `: ${languages.join(' and ')}` : ''}`,
  'joining-given-up': ({ role }) =>
    `no ${role} has come, and the talk goes on without${role === 'interpreter' ? '; both were told' : ''}`,
  joined: ({ seq, to, role }) => `${to} joins the talk as ${role} (offer ${seq})`,
  'left-talk': ({ seq, to, role }) => `${to}, the ${role}, is no longer in the talk (offer ${seq})`,
  'guidance-given': () => 'told her, in her language, what she can do meanwhile',
  'wish-noted': ({ gender }) =>
    gender === null ? 'she does not mind whom she talks with' : `she would rather talk with a ${gender}`,
  offered: ({ seq, to, by, as, rung, consent, inLanguage }, telling) =>
    `asked ${to} by ${by}${askedAs[as]} (offer ${seq}, ${rungNumber(rung, telling)}` +
    `${consent === null ? '' : `; ${whyPassed(consent)}`}${inLanguage ? `; in ${inLanguage}` : ''})`,
  rung: ({ seq, to }) => `rung ${to} (offer ${seq}): the network has taken the call`,
  texted: ({ seq, to }) => `texted ${to} (offer ${seq}): the network has taken the text`,
  'called-instead': ({ seq, to }) =>
    `rings ${to} instead (offer ${seq}): WhatsApp lets nobody write there before a word from there`,
  'call-asked': ({ to }) => `asked her whether she may be called: ${to} would take it, and can only talk`,
  answered: ({ seq, to }) => `answered by ${to} (offer ${seq}): picked up, not confirmed`,
  'offer-ended': ({ seq, to, outcome }) => `offer ${seq} to ${to} ended: ${outcome}`,
  confirmed: ({ seq, to }) => `confirmed by ${to} (offer ${seq})`,
  'helper-left': ({ to, how }) => `${to} left: ${how}`,
  'consent-asked': ({ kind }) => `asked her about the ${kind}`,
  'consent-answered': ({ kind, given, how }) =>
    `her ${given ? 'yes' : 'no'} to the ${kind} is kept, by ${how === 'question' ? 'answer' : 'key 9'}`,
  danger: () => 'she says that she is in danger',
  flagged: ({ flag, by }) => `noted: ${flag}, said by the ${by}`,
  excluded: ({ volunteer, by }) => `${volunteer} is not to be asked, said by the ${by}`,
  readmitted: ({ volunteer }) => `${volunteer} may be asked again`,
  'by-hand': ({ act, by, about, came }) =>
    `manager ${by} ${whatIsDone(act)}${about === null ? '' : ` ${about}`}` +
    `${came === 'done' ? '' : `; not done: ${whyRefused(came)}`}`,
  'contact-rules-set': ({ by, call, text, hours, until }) =>
    `agreed by ${by}: ${mayWhat(call, text)}${hours === null ? '' : ` from ${clock(hours.from)} to ${clock(hours.until)}`}` +
    `${until === null ? '' : `, until ${new Date(until).toISOString()}`}`,
  alerted: ({ reason, severity }) => `managers alerted: ${reason} (${severity})`,
  'asked-again': () => 'asked her again whether it is a good time',
  held: ({ count }) => `${count} texts to her wait until she says that it is a good time`,
  'good-time': ({ is }) => `she says that it is ${is ? '' : 'not '}a good time`,
  relayed: ({ to }) => `words passed on to the ${to}`,
  'not-delivered': ({ entryId }) => `not delivered (action ${entryId})`,
  'not-performed': ({ entryId, because }) => `not done (action ${entryId}): ${because}`,
  limited: ({ limit }) => `served more slowly or not answered, because of a limit: ${limit}`,
  'call-back-planned': ({ at, tries }) =>
    `she is gone and is to be called, at ${new Date(at).toISOString()} at the earliest (called ${tries} times so far)`,
  'call-wished': ({ to, verdict }) =>
    `${to} wants to talk with her: ${verdict === 'allowed' ? 'she has agreed to a call now, and it goes on by phone' : `not called, ${verdict}`}`,
  'call-back-carried': () => 'she is still to be called, as agreed in an earlier request of the same number',
  'she-is-rung': ({ seq }) => `her phone is rung (offer ${seq}): the network has taken the call`,
  'she-picked-up': ({ seq }) => `her phone is picked up (offer ${seq}), by whomever: nothing is said`,
  'she-is-reached': ({ seq }) => `the agreed number was pressed (offer ${seq}): it is she`,
  'not-reached': ({ seq, because }) => `she was not reached (offer ${seq}): ${because}`,
  'hard-talk': ({ volunteer }) => `${volunteer} says that the talk was hard, and rests`,
  'cooling-down': ({ until, by }) =>
    `${until === null ? 'this number is served by anybody again' : 'this number is served by managers alone'}, said by the ${by}`,
  closed: ({ because, abandoned }) =>
    `closed: ${because}${abandoned === 'at-once' ? ', within ten seconds' : ''}`,
  ignored: ({ event }) => `ignored, late or repeated: ${event}`,
};

const askedAs: Readonly<Record<NoteOf<'offered'>['as'], string>> = {
  helper: '',
  assigned: ', named by a manager,',
  interpreter: ' to interpret',
  manager: ' to join the talk',
};

function mayWhat(call: boolean, text: boolean): string {
  const ways = [...(call ? ['call'] : []), ...(text ? ['write'] : [])];
  return ways.length === 0 ? 'we may neither call nor write' : `we may ${ways.join(' and ')}`;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** One line, or several when there is more to say. A note that this version cannot read says so and stops nothing. */
export function noteLines(note: Note, telling: NoteTelling): readonly string[] {
  const tell = words[note.note] as
    | ((note: Note, telling: NoteTelling) => string | readonly string[])
    | undefined;
  try {
    return [tell?.(note, telling) ?? `a note that this version does not know: ${note.note}`].flat();
  } catch {
    return [`a damaged note: ${note.note}`];
  }
}

export function rungLabel(rung: number, telling: Pick<NoteTelling, 'rungs'>): string {
  const name = telling.rungs === null ? '' : ` (${rungName(telling.rungs[rung])})`;
  return `${rungNumber(rung, telling)}${name}`;
}

/** Counted from 1, the last rung included. */
function rungNumber(rung: number, { rungs }: Pick<NoteTelling, 'rungs'>): string {
  return rungs === null ? `rung ${rung + 1}` : `rung ${rung + 1} of ${rungs.length + 1}`;
}
