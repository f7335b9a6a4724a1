// A table that a test leads by the hand, step by step, where a world does not come by itself. After each step it looks
// at everything that a commit may change, so that whoever makes the calls again compares all of it.
import type { CommitOutcome, Known } from '../../shared/app/ports.ts';
import type { HelperId, RequestId, VolunteerId } from '../../shared/domain/ids.ts';
import { addSeconds, type Instant, instant } from '../../shared/domain/instant.ts';
import { type Address, type PhoneNumber, smsAddress, whatsappAddress } from '../../shared/domain/phone.ts';
import type { Request } from '../../shared/domain/request.ts';
import { dueAt } from '../../shared/domain/standing.ts';
import type { Volunteer } from '../../shared/domain/volunteer.ts';
import { address } from '../support/request-builder.ts';
import { manager } from '../support/small-network.ts';
import { type Call, type PutVolunteer, RecordedTables } from './recorded-tables.ts';
import { postOf, simulatedNetwork, volunteersOf } from './story.ts';

export const START = instant(Date.parse('2026-11-23T10:00:00+05:00'));
export const DUTY = { from: addSeconds(START, -3_600), until: addSeconds(START, 86_400) };
export const [first, second] = volunteersOf(2) as [Volunteer, Volunteer];
export const desk = manager.id;
const ALWAYS = instant(Number.MAX_SAFE_INTEGER);
const everywhere = simulatedNetwork.regions.map(({ id }) => id);

/** Two volunteers and the desk of a contact, at first all free. */
export class ByHand {
  readonly #tables = new RecordedTables(() => this.now);
  now = START;

  constructor() {
    this.#tables.putContact(desk, smsAddress(manager.callNumber as PhoneNumber));
    for (const volunteer of [first, second]) this.put(volunteer);
  }

  put(volunteer: Volunteer, more: Partial<PutVolunteer> = {}): void {
    const { id, region, languages, skills, gender, textBy, number } = volunteer;
    const facts = {
      volunteerId: id,
      region,
      regions: postOf(volunteer),
      languages,
      skills,
      gender,
      textBy,
      duty: DUTY,
      pausedUntil: null,
      ...more,
    };
    this.#tables.putVolunteer(facts, smsAddress(number));
  }

  unreachable(id: VolunteerId): Instant {
    const until = addSeconds(this.now, 86_400);
    this.#tables.markUnreachable(id, until);
    return until;
  }

  at(now: Instant): this {
    this.now = now;
    return this;
  }

  /** Commits, and then looks at everything that a commit may change. */
  commit(before: Request | null, after: Request, webhookId: string | null = null): CommitOutcome {
    const webhook = webhookId === null ? null : { id: webhookId, reply: { kind: 'nothing' } as const };
    const commit = { before, after, at: this.now, notes: [{ note: 'danger' } as const], webhook };
    const outcome = this.#tables.commit(commit, simulatedNetwork);
    this.look(after, webhookId);
    return outcome;
  }

  look(request: Request, webhookId: string | null = null): void {
    const tables = this.#tables;
    tables.requests.get(request.id);
    if (webhookId !== null) tables.webhooks.get(webhookId);
    tables.onDuty(everywhere, this.now, 0);
    tables.due(0, dueAt(request, simulatedNetwork.settings) ?? ALWAYS, 0);
    for (const helper of [first.id, desk]) {
      for (const code of ['0', '11']) tables.routeOf(helper, code, this.now);
      tables.conversationsOf(helper, this.now);
    }
    for (const each of [address(), whatsappAddress(first.number), smsAddress(first.number)])
      tables.who(each, this.now);
  }

  who(each: Address): Known {
    return this.#tables.who(each, this.now);
  }

  routeOf(helper: HelperId, code: string): RequestId | null {
    return this.#tables.routeOf(helper, code, this.now)?.requestId ?? null;
  }

  get calls(): readonly Call[] {
    return this.#tables.calls;
  }
}
