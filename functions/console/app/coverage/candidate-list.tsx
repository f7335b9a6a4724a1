// Who could take a hole, the likeliest first, and of the others why not; whom she chooses to ask.
import { coverageWords } from './coverage-words.ts';
import type { Candidate } from './reading.ts';

type CandidateListProps = {
  readonly candidates: readonly Candidate[];
  readonly asked: ReadonlySet<string>;
  readonly chosen: readonly string[];
  /** Null: she only looks. */
  readonly choose: ((chosen: readonly string[]) => void) | null;
};

const OTHERS_SHOWN = 30;

export function CandidateList({ candidates, asked, chosen, choose }: CandidateListProps) {
  const said = coverageWords.value;
  const able = candidates.filter(isAble);
  const others = candidates.filter(each => !isAble(each));
  const toggle = (id: string, isOn: boolean) =>
    choose?.(isOn ? [...chosen, id] : chosen.filter(each => each !== id));
  return (
    <>
      {able.length === 0 && <p>{said.nobodyCould}</p>}
      <ul class="plain candidates">
        {able.map(each => (
          <li key={each.volunteerId}>
            {choose === null ? (
              <About candidate={each} />
            ) : (
              <label>
                <input
                  type="checkbox"
                  disabled={asked.has(each.volunteerId)}
                  checked={chosen.includes(each.volunteerId) || asked.has(each.volunteerId)}
                  onChange={({ currentTarget }) => toggle(each.volunteerId, currentTarget.checked)}
                />
                <About candidate={each} />
              </label>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details>
          <summary>{said.notThose(others.length)}</summary>
          <ul>
            {others.slice(0, OTHERS_SHOWN).map(each => (
              <li key={each.volunteerId}>
                {each.name}: {aboutOf(each)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** More hours than one should carry are hers to refuse; what stands against it otherwise would refuse her. */
const isAble = ({ verdict }: Candidate): boolean => verdict === 'could' || verdict === 'too-many-hours';

function About({ candidate }: { readonly candidate: Candidate }) {
  return (
    <span>
      <strong>{candidate.name}</strong> · {aboutOf(candidate)}
    </span>
  );
}

function aboutOf({ verdict, from, hoursThatWeek }: Candidate): string {
  const said = coverageWords.value;
  const why = verdict === 'could' ? null : said.verdicts[verdict];
  return [said.places[from], said.hoursThatWeek(hoursThatWeek), why].filter(Boolean).join(' · ');
}
