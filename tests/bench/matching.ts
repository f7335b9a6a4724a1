// How a volunteer is found among many: what is read until the first phone rings, what a wave takes, what a claim writes, and
// what becomes of many callers who want the same few volunteers in the same moment.
import { BatchWriteItemCommand, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { languageId, seedNumber } from '../../infra/local/seed/seed-values.ts';
import { toItem } from '../../shared/adapters/dynamodb/attributes.ts';
import { inTurns } from '../../shared/adapters/dynamodb/in-turns.ts';
import { dutyKey } from '../../shared/adapters/dynamodb/keys.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { buildOffer, buildRequest, next, noon, searching } from '../support/request-builder.ts';
import { almaty, ladder, plainLine, smallNetwork, volunteer } from '../support/small-network.ts';
import type { World } from '../support/world.ts';
import { inCountedWorld } from './counted-world.ts';
import { since } from './counting-way.ts';
import { type Figure, figure, type How, type Section } from './figures.ts';

/** As in the prototypes that the pattern was chosen by. */
const ON_DUTY_SHARE = 0.05;
const REGIONS = 20;
const LANGUAGES = ['ru', 'kk', 'uz', 'ky', 'tg', 'en'];
const SKILLS = ['crisis', 'legal', 'shelter', 'medical', 'child', 'immigration', 'work', 'interpreter'];

const SIZES = { whole: [3_000, 100_000, 1_000_000], quick: [3_000, 100_000] } as const;
const WAVES = [1, 3, 10];
const CALLERS = 50;
const WANTED = 10;
const TIMES = 5;

/** Whose phones can ring; least recently offered of all. */
const firstInTurn = (count: number): readonly Volunteer[] =>
  Array.from({ length: count }, (_, serial) => volunteer(`nr${serial}`, 200 + serial));

export async function matching({ length, say }: How): Promise<Section> {
  const figures: Figure[] = [];
  const ringsAt: number[] = [];
  for (const size of SIZES[length]) {
    say(`${size} volunteers`);
    const found = await amongMany(size);
    ringsAt.push(found.find(({ name }) => name.endsWith(READ))?.value ?? Number.NaN);
    figures.push(...found);
  }
  figures.push(
    figure(
      'read to know who is on duty: the most volunteers beside the fewest',
      '×',
      (ringsAt.at(-1) ?? 0) / (ringsAt[0] ?? 1),
    ),
  );
  for (const wave of WAVES) {
    say(`a wave of ${wave}`);
    figures.push(...(await aWave(wave)));
  }
  figures.push(await aClaim());
  say(`${CALLERS} callers for ${WANTED} volunteers`);
  figures.push(...(await race()));
  return {
    title: 'Finding somebody',
    told:
      `Of so many volunteers ${ON_DUTY_SHARE * 100} % are on duty, evenly in ${REGIONS} regions, each with two of ` +
      `${LANGUAGES.length} languages and two of ${SKILLS.length} skills. Their duty entries are loaded in bulk as production ` +
      'writes them; whoever is off duty has none and is left out, for nobody reads of her. A caller dials a line that asks ' +
      'nothing; the figures are from her dialling to the first ring.',
    figures,
  };
}

const READ = 'read to know who is on duty';

async function amongMany(size: number): Promise<readonly Figure[]> {
  const first = firstInTurn(TIMES + 1);
  return inCountedWorld({ volunteers: first }, async ({ world, counts, onDuty, client }) => {
    const near = await fill(client, world, first[0]?.id ?? '', size);
    const readMs: number[] = [];
    const taken = [];
    for (let time = 0; time < TIMES; time += 1) {
      const [before, beforeOnDuty] = [{ ...counts }, { ...onDuty }];
      const caller = world.phone(`+7799555${String(1000 + time)}`).mayHearAnything();
      await caller.dials(plainLine);
      await world.until(
        'somebody rings',
        () => world.handsets().some(({ phone }) => phone.ringing !== undefined),
        5,
      );
      taken.push({ all: since(before, counts), onDuty: since(beforeOnDuty, onDuty) });
      const beganAt = performance.now();
      await world.stores.roster.onDuty([almaty], world.context.ports.clock.now());
      readMs.push(performance.now() - beganAt);
      await caller.hangsUp();
      await world.pass(30);
    }
    const name = (what: string) => `${size} volunteers, ${near} of them on duty in the region: ${what}`;
    return [
      figure(
        name(READ),
        'read units',
        taken.map(each => each.onDuty.readUnits),
      ),
      figure(
        name('round trips for that'),
        'round trips',
        taken.map(each => each.onDuty.requests),
      ),
      figure(name('time for that'), 'ms', readMs),
      figure(
        name('read until the first ring'),
        'read units',
        taken.map(({ all }) => all.readUnits),
      ),
      figure(
        name('written until the first ring'),
        'write units',
        taken.map(({ all }) => all.writeUnits),
      ),
    ];
  });
}

/** Returns how many are on duty in the region. */
async function fill(client: DynamoDBClient, world: World, like: string, size: number): Promise<number> {
  const { Item: template } = await client.send(
    new GetItemCommand({ TableName: world.table, Key: toItem(dutyKey(like as Volunteer['id'])) }),
  );
  if (!template) throw new Error('nobody has a duty entry');
  const all = Math.round(size * ON_DUTY_SHARE);
  const entry = (serial: number) => {
    const id = `vol_m${serial}`;
    // The first of the regions is the one that is asked for; the others have no more than a number.
    const region = serial % REGIONS === 0 ? almaty : `KZ-${100 + (serial % REGIONS)}`;
    const two = (of: readonly string[]) => [of[serial % of.length], of[(serial * 7 + 3) % of.length]];
    const list = (of: readonly string[]) => ({ L: [...new Set(two(of))].map(each => ({ S: each ?? '' })) });
    return {
      ...template,
      pk: { S: `VOL#${id}` },
      volunteerId: { S: id },
      region: { S: region },
      dutyRegion: { S: region },
      languages: list(LANGUAGES),
      skills: list(SKILLS),
      // Later than those who can ring, so that these come first.
      lastOfferedAt: { N: String(world.clock.now() - 3_600_000 + (serial % 3_000_000)) },
    };
  };
  const batches = Array.from({ length: Math.ceil(all / 25) }, (_, batch) =>
    Array.from({ length: Math.min(25, all - batch * 25) }, (_, place) => entry(batch * 25 + place)),
  );
  await inTurns(8, batches, async batch => {
    const puts = batch.map(Item => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [world.table]: puts } }));
  });
  return Math.ceil(all / REGIONS);
}

/** The ladder's first rung asks so many at once; nobody picks up. */
async function aWave(waveSize: number): Promise<readonly Figure[]> {
  const rungs = ladder.rungs.map(rung => ({ ...rung, waveSize }));
  const network: Network = { ...smallNetwork, ladders: [{ ...ladder, rungs }] };
  return inCountedWorld({ network, volunteers: firstInTurn(12) }, async ({ world, counts }) => {
    const before = { ...counts };
    const ringing = () => world.handsets().filter(({ phone }) => phone.ringing !== undefined).length;
    await world.phone('+77995550001').mayHearAnything().dials(plainLine);
    await world.until('all of them ring', () => ringing() === waveSize, 20);
    const { readUnits, writeUnits, requests } = since(before, counts);
    return [
      figure(`a wave of ${waveSize}, until all of them ring: read`, 'read units', readUnits),
      figure(`a wave of ${waveSize}, until all of them ring: written`, 'write units', writeUnits),
      figure(`a wave of ${waveSize}, until all of them ring: asked of the table`, 'requests', requests),
    ];
  });
}

/** What one more volunteer costs in the transaction that holds her. */
async function aClaim(): Promise<Figure> {
  return inCountedWorld(
    { at: '2026-11-24T15:00:00+05:00', volunteers: firstInTurn(3) },
    async ({ world, counts }) => {
      const { requests } = world.context.ports;
      const offers = firstInTurn(3).map(({ id }, serial) => buildOffer(id, { seq: serial + 1 }));
      const opened = (serial: number) => buildRequest({ serial, language: languageId('ru') });
      const writtenFor = async (serial: number, held: typeof offers) => {
        const before = opened(serial);
        await commit(null, before);
        const from = { ...counts };
        await commit(before, next(before, { phase: searching(held) }));
        return since(from, counts).writeUnits;
      };
      const commit = async (before: Request | null, after: Request) => {
        const outcome = await requests.commit(
          { before, after, at: noon, notes: [], webhook: null },
          smallNetwork,
        );
        if (outcome !== 'committed') throw new Error(`a claim was not committed: ${outcome}`);
      };
      const none = await writtenFor(1, []);
      return figure(
        'a claim, in the transaction that makes it',
        'write units',
        ((await writtenFor(2, offers)) - none) / offers.length,
      );
    },
  );
}

/** They dial in the same moment. Every volunteer rings for one of them and no more. */
async function race(): Promise<readonly Figure[]> {
  const wanted = firstInTurn(WANTED);
  const rungs = ladder.rungs.map(rung => ({ ...rung, waveSize: 1 }));
  const network: Network = { ...smallNetwork, ladders: [{ ...ladder, rungs }] };
  return inCountedWorld({ network, volunteers: wanted }, async ({ world, counts }) => {
    world.exchange.callsPerSecond = Number.POSITIVE_INFINITY;
    const callers = Array.from({ length: CALLERS }, (_, serial) => world.phone(seedNumber(300_000 + serial)));
    const before = { ...counts };
    const beganAt = performance.now();
    await world.atOnce(...callers.map(caller => () => caller.dialsNow(plainLine)));
    await world.pass(2);
    const tookMs = performance.now() - beganAt;
    const phones = wanted.map(each => world.phoneOf(each).phone);
    const lost = world.logged.filter(line => line.includes('"event":"conflict"')).length;
    const { readUnits, writeUnits } = since(before, counts);
    return [
      figure(
        `${CALLERS} callers for ${WANTED} volunteers: who ring for one of them`,
        'people',
        phones.filter(({ rings }) => rings.length === 1).length,
      ),
      figure(
        `${CALLERS} callers for ${WANTED} volunteers: who ring twice`,
        'people',
        phones.filter(({ rings }) => rings.length > 1).length,
      ),
      figure(`${CALLERS} callers for ${WANTED} volunteers: races lost and decided again`, 'times', lost),
      figure(`${CALLERS} callers for ${WANTED} volunteers: read`, 'read units', readUnits),
      figure(`${CALLERS} callers for ${WANTED} volunteers: written`, 'write units', writeUnits),
      figure(`${CALLERS} callers for ${WANTED} volunteers: time until all are answered`, 'ms', tookMs),
    ];
  });
}
