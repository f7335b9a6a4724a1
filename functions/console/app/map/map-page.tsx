// The regions of the country as tiles, coloured and marked by who could be rung there now; one is chosen to see who.
// Renewed by itself. Must never tell by colour alone.
import { useEffect, useState } from 'preact/hooks';
import { api, outcomeOf, type Schemas } from '../api.ts';
import { Pick } from '../kit/pick.tsx';
import { useLoaded } from '../loaded.ts';
import { languageName, lines, regionName, regions } from '../network.ts';
import { helperName, loadPeople } from '../people.ts';
import { ProblemNote } from '../problem-note.tsx';
import { words } from '../words.ts';
import { type Place, placesOf } from './layouts.ts';
import './map.css';
import { mapWords } from './map-words.ts';
import { type Standing, standingOf } from './standing.ts';

type OnDuty = Schemas['OnDuty'];

const ROSTER_MS = 15_000;
const COVERAGE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Each kind has a sign of its own. */
const signs: Readonly<Record<Standing['is'], string>> = {
  several: '●',
  one: '◐',
  busy: '◌',
  nobody: '○',
  below: '▲',
};

function coverageNow(language: string) {
  const from = new Date();
  const query = {
    each: 'region' as const,
    from: from.toISOString(),
    until: new Date(from.getTime() + HOUR_MS).toISOString(),
    ...(language === '' ? {} : { language }),
  };
  return outcomeOf(api.GET('/v1/coverage', { params: { query } }));
}

export function MapPage() {
  const said = mapWords.value;
  const [language, setLanguage] = useState('');
  const [chosen, choose] = useState<string | null>(null);
  const roster = useLoaded('map roster', () => outcomeOf(api.GET('/v1/roster')), ROSTER_MS);
  const coverage = useLoaded(`coverage ${language}`, () => coverageNow(language), COVERAGE_MS);
  useEffect(() => void loadPeople(), []);
  const speaks = (each: OnDuty) => language === '' || each.languages.includes(language);
  const there = new Map(
    roster.value?.regions.map(({ region, onDuty }) => [region, onDuty.filter(speaks)] as const),
  );
  const shown = regions.value.map(({ id }) => id).filter(id => there.has(id));
  const standings = shown.map(id => standingOf(id, there.get(id) ?? [], coverage.value?.rows ?? []));
  const places = placesOf(regions.value.map(({ id }) => id));
  const isThere = roster.value !== null && regions.value.length > 0;
  return (
    <section aria-labelledby="map-title" aria-busy={roster.isUnderWay}>
      <h2 id="map-title">{said.title}</h2>
      <p class="muted">{places === null ? said.plain : said.about}</p>
      <ProblemNote problem={roster.problem ?? coverage.problem} />
      {roster.value === null && roster.problem === null && <p role="status">{words.value.common.loading}</p>}
      {isThere && shown.length === 0 && <p>{said.noneHere}</p>}
      {shown.length > 0 && (
        <>
          <div class="only">
            <Pick
              label={said.language}
              value={language}
              none={words.value.common.all}
              options={[...new Set(lines.value.flatMap(line => line.languages))].map(id => [
                id,
                languageName(id),
              ])}
              pick={setLanguage}
            />
          </div>
          <Legend />
          <div class="map-beside">
            <ul class={places === null ? 'plain tiles' : 'plain tiles laid-out'}>
              {standings.map(standing => (
                <Tile
                  key={standing.region}
                  standing={standing}
                  place={places?.get(standing.region) ?? null}
                  isChosen={chosen === standing.region}
                  choose={() => choose(standing.region)}
                />
              ))}
            </ul>
            <Chosen
              standing={standings.find(({ region }) => region === chosen) ?? null}
              onDuty={there.get(chosen ?? '') ?? []}
            />
          </div>
        </>
      )}
    </section>
  );
}

function Legend() {
  const said = mapWords.value;
  return (
    <ul class="plain legend" aria-label={said.legend}>
      {(Object.keys(signs) as Standing['is'][]).map(kind => (
        <li key={kind}>
          <span class={`tile-sign ${kind}`} aria-hidden="true">
            {signs[kind]}
          </span>{' '}
          {said.is[kind]}
        </li>
      ))}
    </ul>
  );
}

type TileProps = {
  readonly standing: Standing;
  readonly place: Place | null;
  readonly isChosen: boolean;
  readonly choose: () => void;
};

function Tile({ standing, place, isChosen, choose }: TileProps) {
  const said = mapWords.value;
  const { region, is, free, onDuty } = standing;
  return (
    <li style={place === null ? undefined : { '--column': place[0], '--row': place[1] }}>
      <button type="button" class={`tile ${is}`} aria-pressed={isChosen} onClick={choose}>
        <span class="tile-name">{regionName(region)}</span>
        <span class="tile-count">
          <span aria-hidden="true">
            {signs[is]} {free}/{onDuty}
          </span>
          <span class="spoken">
            : {said.is[is]}, {said.counts(free, onDuty)}
          </span>
        </span>
      </button>
    </li>
  );
}

type ChosenProps = { readonly standing: Standing | null; readonly onDuty: readonly OnDuty[] };

function Chosen({ standing, onDuty }: ChosenProps) {
  const said = mapWords.value;
  if (standing === null) return <p class="muted">{said.chosen}</p>;
  const { region, is, free, languages, lacking } = standing;
  const near = regions.value.find(({ id }) => id === region)?.near ?? [];
  return (
    <article class="part" aria-live="polite">
      <h3>{regionName(region)}</h3>
      <p>
        <strong>{said.is[is]}</strong> · {said.counts(free, onDuty.length)}
      </p>
      {lacking.length > 0 && (
        <p class="warn">
          {said.lacking}: {lacking.map(languageName).join(', ')}
        </p>
      )}
      {languages.length > 0 && (
        <p>
          {said.speaks}: {languages.map(languageName).join(', ')}
        </p>
      )}
      <ul>
        {onDuty.map(each => (
          <li key={each.volunteer}>{helperName(each.volunteer)}</li>
        ))}
      </ul>
      <p class="muted">
        {said.far}: {near.map(regionName).join(', ')}
      </p>
      <p>
        <a href={`/rota?region=${region}`}>{said.rota}</a> ·{' '}
        <a href="/coverage">{words.value.ways.coverage}</a>
      </p>
    </article>
  );
}
