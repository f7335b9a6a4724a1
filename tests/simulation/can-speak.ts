// Whether somebody who was asked can speak with whom she was asked for: judged a second time, with none of the functions
// that decide.
import type { LanguageStep, Rung } from '../../shared/domain/ladder.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { Note } from '../../shared/domain/timeline.ts';

export type OfferedNote = Extract<Note, { note: 'offered' }>;

export function interprets(skills: readonly string[], { settings }: Network): boolean {
  return skills.includes(settings.interpreterSkill ?? '');
}

/** Who interprets speaks with both. */
export function canSpeak(
  theirs: readonly string[],
  note: OfferedNote,
  rung: Rung | undefined,
  request: Request,
  network: Network,
): boolean {
  if (note.as === 'helper') return canSpeakWithHer(theirs, note, stepOf(rung), request, network);
  if (note.as === 'assigned') return canSpeakWithHer(theirs, note, 'second', request, network);
  const { phase, language, inLanguage } = request;
  if (phase.kind !== 'connected') return false;
  const { to } = phase.offer;
  const contact = network.contacts.find(({ id }) => id === to)?.language;
  const other = contact ?? inLanguage[to];
  return other !== undefined && theirs.includes(language) && theirs.includes(other);
}

const stepOf = (rung: Rung | undefined): LanguageStep =>
  rung === undefined ? 'interpreted' : rung.kind === 'volunteers' ? rung.language : 'exact';

/** Her own; another only where the rung goes so far and the line says that she understands it, and then on record. */
function canSpeakWithHer(
  theirs: readonly string[],
  { inLanguage }: OfferedNote,
  step: LanguageStep,
  { language, lineId }: Request,
  { lines }: Network,
): boolean {
  if (theirs.includes(language)) return inLanguage === null;
  const line = lines.find(({ id }) => id === lineId);
  const understood = step === 'exact' ? [] : (line?.alsoUnderstood[language] ?? []);
  const interpreted = step === 'interpreted' ? (line?.languages ?? []) : [];
  return (
    inLanguage !== null && theirs.includes(inLanguage) && [...understood, ...interpreted].includes(inLanguage)
  );
}
