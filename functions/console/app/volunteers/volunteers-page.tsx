// Volunteers of the regions that are hers, filtered; one is opened to be paused or changed.
import { useState } from 'preact/hooks';
import { api, outcomeOf, type Problem, type Schemas } from '../api.ts';
import { Pick } from '../kit/pick.tsx';
import { useLoaded } from '../loaded.ts';
import { languageName, lines, regionName, regions, skillName, skills } from '../network.ts';
import { forgetPeople } from '../people.ts';
import { ProblemNote } from '../problem-note.tsx';
import { session } from '../session.ts';
import { words } from '../words.ts';
import { EditVolunteer } from './edit-volunteer.tsx';
import { pauseOf } from './pause-words.ts';
import { volunteerWords } from './volunteer-words.ts';

type Volunteer = Schemas['Volunteer'];
type Filters = {
  readonly region: string;
  readonly language: string;
  readonly skill: string;
  readonly name: string;
};

const PAGE = 100;
/** A filter leaves pages short: so many are asked for before somebody must press for more. */
const PAGES = 10;

/** No id begins so. */
const NEW = '+';

const anybody: Filters = { region: '', language: '', skill: '', name: '' };

async function listed(filters: Filters) {
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
  const found: Volunteer[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const query: Record<string, string | number> = {
      ...given,
      limit: PAGE,
      ...(after === null ? {} : { after }),
    };
    const outcome = await outcomeOf(api.GET('/v1/volunteers', { params: { query } }));
    if (outcome.is === 'refused') return outcome;
    found.push(...outcome.value.volunteers);
    after = outcome.value.next;
    if (after === null) break;
  }
  return { is: 'done', value: found, etag: null } as const;
}

export function VolunteersPage() {
  const [filters, setFilters] = useState(anybody);
  const [open, setOpen] = useState<string | typeof NEW | null>(null);
  const { volunteers: said, common } = words.value;
  const list = useLoaded(JSON.stringify(filters), () => listed(filters));
  return (
    <section aria-labelledby="volunteers-title" aria-busy={list.isUnderWay}>
      <div class="head">
        <h2 id="volunteers-title">{said.title}</h2>
        {mayWrite() && (
          <button type="button" class="small" onClick={() => setOpen(NEW)}>
            {volunteerWords.value.add}
          </button>
        )}
      </div>
      <FilterBar filters={filters} change={setFilters} />
      <ProblemNote problem={list.problem as Problem | null} />
      {list.value === null && list.problem === null && <p role="status">{common.loading}</p>}
      {list.value?.length === 0 && <p>{said.none}</p>}
      {list.value !== null && list.value.length > 0 && <Table volunteers={list.value} open={setOpen} />}
      {open !== null && (
        <EditVolunteer
          key={open}
          id={open === NEW ? null : open}
          close={() => {
            setOpen(null);
            forgetPeople();
            void list.again();
          }}
        />
      )}
    </section>
  );
}

function mayWrite(): boolean {
  const { value } = session;
  return value.kind === 'signed-in' && (value.role === 'admin' || value.role === 'manager');
}

type FilterBarProps = { readonly filters: Filters; readonly change: (filters: Filters) => void };

function FilterBar({ filters, change }: FilterBarProps) {
  const { volunteers: said, common } = words.value;
  const languages = [...new Set(lines.value.flatMap(line => line.languages))];
  return (
    <search class="filters">
      <Pick
        label={said.region}
        none={common.all}
        value={filters.region}
        options={regions.value.map(({ id }) => [id, regionName(id)])}
        pick={region => change({ ...filters, region })}
      />
      <Pick
        label={said.language}
        none={common.all}
        value={filters.language}
        options={languages.map(id => [id, languageName(id)])}
        pick={each => change({ ...filters, language: each })}
      />
      <Pick
        label={said.skill}
        none={common.all}
        value={filters.skill}
        options={skills.value.map(({ id }) => [id, skillName(id)])}
        pick={skill => change({ ...filters, skill })}
      />
      <label>
        {said.name}
        <input
          type="search"
          value={filters.name}
          onInput={({ currentTarget }) => change({ ...filters, name: currentTarget.value.trim() })}
        />
      </label>
    </search>
  );
}

type TableProps = { readonly volunteers: readonly Volunteer[]; readonly open: (id: string) => void };

function Table({ volunteers, open }: TableProps) {
  const { volunteers: said } = words.value;
  const isAllowed = mayWrite();
  return (
    // A table is as wide as it must be: it scrolls within itself, by keyboard too.
    <div class="scrolls" tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{said.name}</th>
            <th scope="col">{said.region}</th>
            <th scope="col">{said.languages}</th>
            <th scope="col">{said.skills}</th>
            <th scope="col">{said.texts}</th>
            <th scope="col">{said.pause}</th>
            {isAllowed && <th scope="col">{said.change}</th>}
          </tr>
        </thead>
        <tbody>
          {volunteers.map(each => (
            <tr key={each.id}>
              <th scope="row">{each.name}</th>
              <td>{regionName(each.region)}</td>
              <td>{each.languages.map(languageName).join(', ')}</td>
              <td>{each.skills.map(skillName).join(', ')}</td>
              <td>{said.textsBy[each.textBy]}</td>
              <td>{pauseOf(each)}</td>
              {isAllowed && (
                <td>
                  <button
                    type="button"
                    class="outline small"
                    aria-label={said.edit(each.name)}
                    onClick={() => open(each.id)}
                  >
                    {said.change}
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
