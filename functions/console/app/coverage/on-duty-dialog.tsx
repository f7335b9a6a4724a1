// Who is on duty in one hour of a region: the names behind a figure of the map.
import { useEffect, useRef } from 'preact/hooks';
import { momentInWords } from '../kit/days.ts';
import { useLoaded } from '../loaded.ts';
import { languageName, skillName } from '../network.ts';
import { helperName, loadPeople } from '../people.ts';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import { coverageWords } from './coverage-words.ts';
import { rosterAt, type Wish } from './reading.ts';

type OnDutyDialogProps = {
  readonly place: string;
  readonly region: string | null;
  readonly at: string;
  readonly zone: string;
  readonly wish: Wish;
  readonly close: () => void;
};

export function OnDutyDialog({ place, region, at, zone, wish, close }: OnDutyDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const said = coverageWords.value;
  const roster = useLoaded(`${region} ${at}`, () => rosterAt(at, region));
  useEffect(() => {
    void loadPeople();
    dialog.current?.showModal();
  }, []);
  const there = (roster.value?.regions ?? []).flatMap(({ onDuty }) => onDuty);
  const people = [...new Map(there.map(each => [each.volunteer, each])).values()];
  const isMeant = ({ languages, skills }: (typeof people)[number]) =>
    languages.includes(wish.language) && (wish.skill === '' || skills.includes(wish.skill));
  const meant = people.filter(isMeant);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="on-duty-title">
      <article>
        <h3 id="on-duty-title">
          {place}: {momentInWords(at, zone)}
        </h3>
        <ProblemNote problem={roster.problem} />
        {roster.value === null && roster.problem === null && (
          <p role="status">{words.value.common.loading}</p>
        )}
        {roster.value !== null && meant.length === 0 && <p>{said.nobodyThen}</p>}
        <ul>
          {meant.map(({ volunteer, languages, skills }) => (
            <li key={volunteer}>
              <strong>{helperName(volunteer)}</strong>: {languages.map(languageName).join(', ')}
              {skills.length > 0 && ` · ${skills.map(skillName).join(', ')}`}
            </li>
          ))}
        </ul>
        {people.length > meant.length && <p class="muted">{said.othersThen(people.length - meant.length)}</p>}
        <button type="button" class="secondary outline small" onClick={() => dialog.current?.close()}>
          {words.value.common.cancel}
        </button>
      </article>
    </dialog>
  );
}
