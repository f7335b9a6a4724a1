// The simulator's table, which writes down every call as the store would get it, with the answer it gave.
// Must never change what happens: a world over it is the same world.

import type { Known, WebhookId } from '../../shared/app/ports.ts';
import {
  type Commit,
  type CommitOutcome,
  DUE_SHARDS,
  type Due,
  type Loaded,
  type Trace,
} from '../../shared/app/ports.ts';
import type { HelperId, RegionId, RequestId, VolunteerId } from '../../shared/domain/ids.ts';
import { type Instant, instant } from '../../shared/domain/instant.ts';
import type { Network } from '../../shared/domain/network.ts';
import type { Address } from '../../shared/domain/phone.ts';
import type { Conversation } from '../../shared/domain/places.ts';
import type { Reply } from '../../shared/domain/reply.ts';
import type { Summary } from '../../shared/domain/report-summary.ts';
import type { Request } from '../../shared/domain/request.ts';
import type { Candidate } from '../../shared/domain/roster.ts';
import { Tables } from './tables.ts';

export type PutVolunteer = Parameters<Tables['putVolunteer']>[0];
type Route = { readonly requestId: RequestId; readonly seq: number };

/** `at` is what the caller took for the time, where it said so. */
type Asked =
  | { readonly call: 'load'; readonly id: RequestId; webhookId: WebhookId | null; answer: Loaded }
  | { readonly call: 'noteAnswered'; readonly webhookId: WebhookId }
  | { readonly call: 'areKnown'; readonly traces: readonly Trace[]; readonly answer: readonly boolean[] }
  | {
      readonly call: 'commit';
      readonly commit: Commit;
      readonly network: Network;
      readonly answer: CommitOutcome;
    }
  /** Of all shards together: how requests are spread over them is each side's own. */
  | { readonly call: 'due'; readonly at: Instant; readonly answer: readonly Due[] }
  | {
      readonly call: 'onDuty';
      readonly regions: readonly RegionId[];
      readonly at: Instant;
      readonly answer: readonly Candidate[];
    }
  | { readonly call: 'who'; readonly address: Address; readonly at: Instant; readonly answer: Known }
  | {
      readonly call: 'routeOf';
      readonly helper: HelperId;
      readonly code: string;
      readonly at: Instant;
      readonly answer: Route | null;
    }
  | {
      readonly call: 'conversationsOf';
      readonly helper: HelperId;
      readonly at: Instant;
      readonly answer: readonly Conversation[];
    }
  /** What is kept of a request for reports, once it is over. */
  | {
      readonly call: 'summary';
      readonly id: RequestId;
      readonly closedAt: Instant;
      readonly answer: Summary | null;
    }
  | { readonly call: 'markUnreachable'; readonly id: VolunteerId; readonly until: Instant }
  | { readonly call: 'rest'; readonly id: VolunteerId; readonly until: Instant }
  | { readonly call: 'putVolunteer'; readonly duty: PutVolunteer; readonly address: Address };

/** `now` is the time of the world. */
export type Call = Asked & { readonly now: Instant };

class HeardMap<Key, Value> extends Map<Key, Value> {
  readonly #heard: (key: Key, value: Value | null) => void;

  constructor(heard: (key: Key, value: Value | null) => void) {
    super();
    this.#heard = heard;
  }

  override get(key: Key): Value | undefined {
    const value = super.get(key);
    this.#heard(key, value ?? null);
    return value;
  }
}

export class RecordedTables extends Tables {
  readonly calls: Call[] = [];
  readonly #time: () => number;
  #isCommitting = false;
  /** Since the last commit. */
  #dueAskedAt: Instant | null = null;

  constructor(now: () => number) {
    super(now);
    this.#time = now;
  }

  override readonly requests = new HeardMap<RequestId, Request>((id, request) =>
    this.#heard({ call: 'load', id, webhookId: null, answer: { request, storedReply: null } }),
  );

  /** A load reads the request and then, in the same breath, the reply: one call of the store. */
  override readonly webhooks = new HeardMap<WebhookId, Reply>((webhookId, storedReply) => {
    const load = this.calls.at(-1);
    if (load?.call !== 'load') throw new Error('a reply was read without its request');
    load.webhookId = webhookId;
    load.answer = { ...load.answer, storedReply };
  });

  #heard(asked: Asked): void {
    if (!this.#isCommitting) this.calls.push({ ...asked, now: instant(this.#time()) });
  }

  override commit(commit: Commit, network: Network): CommitOutcome {
    this.#isCommitting = true; // what it reads itself is no call
    const answer = super.commit(commit, network);
    this.#isCommitting = false;
    this.#dueAskedAt = null;
    this.#heard({ call: 'commit', commit, network, answer });
    const { id, phase } = commit.after;
    if (answer === 'committed' && phase.kind === 'closed')
      this.#heard({ call: 'summary', id, closedAt: phase.at, answer: this.summaries.get(id) ?? null });
    return answer;
  }

  override areKnown(traces: readonly Trace[]): readonly boolean[] {
    const answer = super.areKnown(traces);
    this.#heard({ call: 'areKnown', traces, answer });
    return answer;
  }

  override noteAnswered(webhookId: WebhookId): void {
    super.noteAnswered(webhookId);
    this.#heard({ call: 'noteAnswered', webhookId });
  }

  override due(shard: number, at: Instant, lagMs: number): readonly Due[] {
    const isAsked = this.#dueAskedAt === at; // a sweep asks for one shard after the other
    if (lagMs === 0 && !isAsked) {
      this.#dueAskedAt = at;
      const answer = Array.from({ length: DUE_SHARDS }, (_, each) => super.due(each, at, 0)).flat();
      this.#heard({ call: 'due', at, answer });
    }
    return super.due(shard, at, lagMs);
  }

  override onDuty(regions: readonly RegionId[], at: Instant, lagMs: number): readonly Candidate[] {
    const answer = super.onDuty(regions, at, lagMs);
    if (lagMs === 0) this.#heard({ call: 'onDuty', regions, at, answer });
    return answer;
  }

  override who(address: Address, at: Instant): Known {
    const answer = super.who(address, at);
    this.#heard({ call: 'who', address, at, answer });
    return answer;
  }

  override routeOf(helper: HelperId, code: string, at: Instant): ReturnType<Tables['routeOf']> {
    const answer = super.routeOf(helper, code, at);
    this.#heard({
      call: 'routeOf',
      helper,
      code,
      at,
      answer: answer && { requestId: answer.requestId, seq: answer.seq },
    });
    return answer;
  }

  override conversationsOf(helper: HelperId, at: Instant): readonly Conversation[] {
    const answer = super.conversationsOf(helper, at);
    this.#heard({ call: 'conversationsOf', helper, at, answer });
    return answer;
  }

  override markUnreachable(id: VolunteerId, until: Instant): void {
    super.markUnreachable(id, until);
    this.#heard({ call: 'markUnreachable', id, until });
  }

  override rest(id: VolunteerId, until: Instant): void {
    super.rest(id, until);
    this.#heard({ call: 'rest', id, until });
  }

  override putVolunteer(duty: PutVolunteer, address: Address): void {
    super.putVolunteer(duty, address);
    this.#heard({ call: 'putVolunteer', duty, address });
  }
}
