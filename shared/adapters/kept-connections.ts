// Connections that are kept for the next request, without those that may have died in between. A function sleeps between
// two events, for minutes, and also between its start and its first one: whoever is at the other end, or on the way, has
// forgotten by then, and what is sent meets silence until a time limit. The caller would wait for it.
// Must never break off a request that is under way.
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

export type Keeping = { readonly maxSockets: number; readonly idleSeconds: number };

/**
 * For AWS's own services. Its networks forget a connection after 350 s of silence; the rule that keeps the voice function
 * awake uses one each minute. Sockets as the SDK has it.
 */
export const keptByAws: Keeping = { maxSockets: 50, idleSeconds: 90 };

/** As a client of the AWS SDK takes a step that comes before each of its tries. */
export const beforeEachTry = {
  step: 'finalizeRequest',
  priority: 'low',
  name: 'dropOldConnections',
} as const;

export class KeptConnections {
  readonly agents: { readonly httpAgent: http.Agent; readonly httpsAgent: https.Agent };
  readonly #keptAt = new WeakMap<Duplex, number>();

  readonly #idleMs: number;

  constructor({ maxSockets, idleSeconds }: Keeping) {
    this.#idleMs = idleSeconds * 1000;
    const options = { keepAlive: true, maxSockets };
    this.agents = {
      httpAgent: this.#watched(new http.Agent(options)),
      httpsAgent: this.#watched(new https.Agent(options)),
    };
  }

  /** By the clock and not by a timer: after a sleep the request comes first. */
  dropOld(): void {
    const tooOld = Date.now() - this.#idleMs;
    for (const { freeSockets } of Object.values(this.agents))
      for (const socket of Object.values(freeSockets).flatMap(sockets => sockets ?? []))
        if ((this.#keptAt.get(socket) ?? 0) < tooOld) socket.destroy();
  }

  /** For the AWS SDK, with `beforeEachTry`. */
  readonly dropping = <Next extends (args: never) => unknown>(next: Next): Next => {
    const dropped = (args: never) => {
      this.dropOld();
      return next(args);
    };
    return dropped as Next;
  };

  #watched<Agent extends http.Agent>(agent: Agent): Agent {
    const keep = agent.keepSocketAlive.bind(agent);
    agent.keepSocketAlive = socket => {
      this.#keptAt.set(socket, Date.now());
      return keep(socket);
    };
    return agent;
  }
}
