// What a volunteer must be to be of any use in a network: what she offers and where must be there.
// Must never repeat her name or number in a problem.
import { volunteerWayProblems } from './capability-rules.ts';
import type { Network } from './network.ts';
import type { Problems } from './rule-parts.ts';
import { each, refuse } from './rule-parts.ts';
import type { Volunteer } from './volunteer.ts';

/** Everything that is wrong with her in this network; the shape of her rota is rota-rules.ts' to judge. */
export function problemsOfVolunteer(network: Network, volunteer: Volunteer): Problems {
  const regions: readonly string[] = network.regions.map(({ id }) => id);
  const skills: readonly string[] = network.skills.map(({ id }) => id);
  const known = (ids: readonly string[], there: readonly string[], what: string, path: string): Problems =>
    each(path, ids, (id, at) => refuse(!there.includes(id), at, `there is no ${what} ${id}`));
  const { rota } = volunteer;
  const shifts = (['weekly', 'dated'] as const).flatMap(kind =>
    rota[kind].flatMap((shift, index) => [
      ...known(shift.regions ?? [], regions, 'region', `rota.${kind}[${index}].regions`),
      ...known(shift.skills ?? [], volunteer.skills, 'skill of hers', `rota.${kind}[${index}].skills`),
    ]),
  );
  return [
    ...refuse(!regions.includes(volunteer.region), 'region', `there is no region ${volunteer.region}`),
    ...known(volunteer.skills, skills, 'skill', 'skills'),
    ...refuse(
      volunteer.languages.length === 0,
      'languages',
      'speaks no language: nobody could be put through to her',
    ),
    ...shifts,
    ...volunteerWayProblems(network, volunteer),
  ];
}
