// The first thing that npm start shows: where everything is, who is on duty, and what to try.
// Must never be longer than a terminal is high, and never show a secret.
import { type Instant, instant } from '../../shared/domain/instant.ts';
import { holidaysOf, type Line, type Network, regionOf } from '../../shared/domain/network.ts';
import { dutyAt } from '../../shared/domain/rota.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { isStoryLine } from './demo/with-stories.ts';
import type { Machine } from './machine.ts';
import { seedNumber } from './seed/seed-values.ts';

const SHOWN_AT_MOST = 6;

export type ScreenOptions = {
  readonly volunteers: readonly Volunteer[];
  /** Null: there is no page of phones. */
  readonly phonesUrl: string | null;
  /** The page of managers was built. */
  readonly hasConsole: boolean;
  /** Stands before the commands for other terminals. */
  readonly prefix: string;
  readonly now: number;
};

export function screenOf(
  machine: Machine,
  { volunteers, phonesUrl, hasConsole, prefix, now }: ScreenOptions,
): string {
  const { network } = machine;
  const line = network.lines.find(each => each.region !== null) ?? network.lines[0];
  const onDuty = volunteersOnDuty(volunteers, network, line, instant(now));
  const helper = onDuty[0]?.number ?? seedNumber(1001);
  return [
    '',
    'Pana runs on this machine. The telephone network is simulated: nothing leaves here.',
    '',
    ...(phonesUrl === null
      ? []
      : [row('Phones', `${phonesUrl}  (in a browser: call, answer, text, or watch a story)`)]),
    ...network.lines
      .filter(({ id }) => id !== network.canary?.lineId && !isStoryLine(id))
      .map(each =>
        row(
          each === network.lines[0] ? 'Call or text' : '',
          `${each.number}  ${each.region === null ? 'whole country' : regionName(network, each.region)}, in ${each.languages.join(' ')}` +
            (each.whatsappNumber === null ? '' : `; on WhatsApp whatsapp:${each.whatsappNumber}`),
        ),
      ),
    '',
    ...dutyRows(onDuty, network),
    '',
    ...(hasConsole ? [row('Console', `${machine.managersUrl}  (managers; choose a role to sign in)`)] : []),
    row('Their API', `${machine.managersUrl}/v1/docs  (a token: npm run token -- manager)`),
    row('Webhooks', machine.webhooksUrl),
    row('Exchange', `${machine.exchange.url}  (the phones: ${machine.exchange.url}/phones)`),
    row('Queue, topic', machine.queueUrl),
    row('DynamoDB', `${machine.dynamoDb.endpoint}  (${keeping(machine)})`),
    row('Functions', `write to ${machine.logFile}`),
    '',
    'Try this, each in a terminal of its own:',
    `  ${prefix}npm run phone -- ${helper}    a volunteer's phone: when it rings, answer, then press 1`,
    `  ${prefix}npm run phone -- ${seedNumber(500_001)}    a caller's phone: call ${line?.number ?? ''}, then press 1 and 1`,
    `  npm run demo${' '.repeat(Math.max(1, prefix.length + 19))}three stories, played and told by itself`,
    '',
    'What happens on the phones is told below. Ctrl-C stops everything.',
    '',
  ].join('\n');
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(14)}${text}`;
}

function keeping({ dynamoDb, isNew }: Machine): string {
  if (dynamoDb.kind === 'dynamodb-local') return 'in memory: gone when this stops';
  return isNew ? 'new, filled with invented people' : 'kept from before';
}

function dutyRows(onDuty: readonly Volunteer[], network: Network): readonly string[] {
  if (onDuty.length === 0) return [row('On duty now', 'nobody: every request climbs to the duty managers')];
  const more = onDuty.length - SHOWN_AT_MOST;
  return [
    ...onDuty
      .slice(0, SHOWN_AT_MOST)
      .map((volunteer, index) => row(index === 0 ? 'On duty now' : '', aboutVolunteer(volunteer, network))),
    ...(more > 0 ? [row('', `and ${more} more`)] : []),
  ];
}

function aboutVolunteer({ number, name, region, languages, skills }: Volunteer, network: Network): string {
  const columns = [
    number,
    name.padEnd(13),
    regionName(network, region).padEnd(16),
    languages.join(' ').padEnd(9),
  ];
  return [...columns, skills.join(' ')].join('  ');
}

/** Whoever is likely to be rung first on `line` first: near it, its first language, its first need. */
function volunteersOnDuty(
  volunteers: readonly Volunteer[],
  network: Network,
  line: Line | undefined,
  now: Instant,
): readonly Volunteer[] {
  const [language, need, region] = [line?.languages[0], line?.needs[0], line?.region ?? null];
  const near = region === null ? [] : [region, ...regionOf(network, region).near];
  const holidays = holidaysOf(network);
  const rank = (volunteer: Volunteer): number => {
    const place = near.indexOf(volunteer.region);
    const fits =
      volunteer.languages.some(each => each === language) && volunteer.skills.some(each => each === need);
    return (place === -1 ? near.length : place) + (fits ? 0 : near.length + 1);
  };
  return volunteers
    .filter(({ rota }) => dutyAt(rota, holidays, now) !== null)
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function regionName(network: Network, id: Volunteer['region']): string {
  return regionOf(network, id).names['en'] ?? id;
}
