// Shifts for which volunteers have been asked by text: who they are, and what each has said so far.
import { momentInWords } from '../kit/days.ts';
import { languageName, regionName, regions, skillName } from '../network.ts';
import { coverageWords } from './coverage-words.ts';
import type { Opening } from './reading.ts';

export function OpeningList({ openings }: { readonly openings: readonly Opening[] }) {
  const said = coverageWords.value;
  if (openings.length === 0) return null;
  return (
    <section aria-labelledby="openings-title">
      <h3 id="openings-title">{said.openings}</h3>
      <ul class="plain cards">
        {openings.map(opening => (
          <li key={opening.id}>
            <article class={`card ${opening.taken ? 'connected' : 'searching'}`}>
              <h4>{openingInWords(opening)}</h4>
              <AskedStates opening={opening} />
            </article>
          </li>
        ))}
      </ul>
    </section>
  );
}

const marks = { 'to-ask': '…', asked: '?', 'not-reached': '✕', took: '✓' } as const;

export function AskedStates({ opening }: { readonly opening: Opening }) {
  const said = coverageWords.value;
  return (
    <>
      <p role="status">{opening.taken ? said.closed : said.waiting}</p>
      <ul class="plain asked">
        {opening.asked.map(({ volunteerId, name, state }) => (
          <li key={volunteerId} class={state}>
            <span aria-hidden="true">{marks[state]}</span> {name}: {said.askedStates[state]}
          </li>
        ))}
      </ul>
    </>
  );
}

function openingInWords({ region, skill, language, from, until }: Opening): string {
  const said = coverageWords.value;
  const zone = regions.value.find(({ id }) => id === region)?.zone ?? regions.value[0]?.zone ?? 'UTC';
  const [begins, ends] = [momentInWords(from, zone), momentInWords(until, zone)];
  const place = region === null ? said.wholeCountry : regionName(region);
  const what = [place, languageName(language), skill && skillName(skill)].filter(Boolean).join(', ');
  return `${what}: ${begins}–${ends.slice(-5)}`;
}
