// Status callbacks: normally in order for each call or message; for tests out of order or twice, always in the same
// way. Nobody waits for them. Must never hold one back for good: a reordered one left alone goes out after a while.
import type { Network } from './network.ts';
import type { Webhook } from './webhook-post.ts';

// Long enough that the next status of a running call overtakes, short enough for a test to wait out.
const HELD_BACK_MS = 5_000;
const REPEATED_AFTER_MS = 1_000;

export class StatusPost {
  readonly #network: Network;
  readonly #heldBack = new Map<string, Webhook>();
  readonly #lastOf = new Map<string, Promise<void>>();

  constructor(network: Network) {
    this.#network = network;
  }

  send(status: Webhook): void {
    const webhook = { ...status, token: this.#network.sids.nextUuid() };
    switch (this.#network.statusOrder) {
      case 'in-order':
        this.#dispatch(webhook, 0);
        break;
      case 'repeated':
        this.#dispatch(webhook, 0);
        this.#dispatch(webhook, REPEATED_AFTER_MS);
        break;
      case 'reordered':
        this.#reorder(webhook);
        break;
    }
  }

  // Every second one overtakes the one before it.
  #reorder(webhook: Webhook): void {
    const key = `${webhook.kind} ${webhook.sid}`;
    const held = this.#heldBack.get(key);
    if (held) {
      this.#heldBack.delete(key);
      this.#dispatch(webhook, 0);
      this.#dispatch(held, 0);
      return;
    }
    this.#heldBack.set(key, webhook);
    this.#network.later(HELD_BACK_MS, () => {
      if (this.#heldBack.get(key) !== webhook) return;
      this.#heldBack.delete(key);
      this.#dispatch(webhook, 0);
    });
  }

  #dispatch(webhook: Webhook, delayMs: number): void {
    this.#network.later(delayMs, () => {
      const before = this.#lastOf.get(webhook.sid) ?? Promise.resolve();
      const mine = before.then(() => this.#deliver(webhook));
      this.#lastOf.set(webhook.sid, mine);
      return mine.finally(() => {
        if (this.#lastOf.get(webhook.sid) === mine) this.#lastOf.delete(webhook.sid);
      });
    });
  }

  async #deliver(webhook: Webhook): Promise<void> {
    const reply = await this.#network.post.send(webhook);
    if (!reply.ok) {
      this.#network.fail(reply.code, reply.message, {
        sid: webhook.sid,
        url: webhook.url,
        injected: reply.injected,
      });
    }
  }
}
