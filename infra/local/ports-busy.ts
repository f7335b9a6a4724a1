// Which ports the machine listens on, and what to say when one of them is taken.
// Must never choose another port by itself: the phones in other terminals look for the machine where it said it is.
import { once } from 'node:events';
import { createServer } from 'node:net';

/** 0 stands for any free one. */
export type MachinePorts = {
  readonly webhooks: number;
  readonly exchange: number;
  readonly queue: number;
  readonly dynamoDb: number;
  /** The managers' API. */
  readonly managers: number;
  /** Who says who a manager is. */
  readonly issuer: number;
  /** The page of phones. */
  readonly phones: number;
};

/** The letters P-A-N-A on a telephone's keys. */
const FIRST_PORT = 7262;
const LAST_FIRST_PORT = 65_530;

/** Something to be told to whoever started the machine, as one sentence and without a stack. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

export const anyPorts: MachinePorts = {
  webhooks: 0,
  exchange: 0,
  queue: 0,
  dynamoDb: 0,
  managers: 0,
  issuer: 0,
  phones: 0,
};

/** Seven in a row from `PANA_PORT`. */
export function portsFrom(environment: Readonly<Record<string, string | undefined>>): MachinePorts {
  const text = environment['PANA_PORT'] || String(FIRST_PORT);
  const first = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (first < 1024 || first > LAST_FIRST_PORT) {
    throw new CannotStart(`PANA_PORT must be a number from 1024 to ${LAST_FIRST_PORT}, as PANA_PORT=7300.`);
  }
  // An engine that already runs has a port of its own.
  const dynamoDb = environment['PANA_DYNAMODB_ENDPOINT'] ? 0 : first + 3;
  return {
    webhooks: first,
    exchange: first + 1,
    queue: first + 2,
    dynamoDb,
    managers: first + 4,
    issuer: first + 5,
    phones: first + 6,
  };
}

/** What has to stand before the commands of other terminals, so that they find this machine. */
export function portPrefix(ports: MachinePorts): string {
  return ports.webhooks === FIRST_PORT ? '' : `PANA_PORT=${ports.webhooks} `;
}

export async function refuseBusyPorts(ports: MachinePorts): Promise<void> {
  for (const port of Object.values(ports)) {
    if (port !== 0 && (await isBusy(port))) {
      throw new CannotStart(
        `Port ${port} is in use, perhaps by another npm start: stop that, ` +
          'or take other ports with PANA_PORT=7300 npm start (it needs seven in a row).',
      );
    }
  }
}

async function isBusy(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return false;
  } catch {
    return true;
  }
}
