// The functions and what calls them: webhooks with the network's retries, reports, the queue with its deliveries,
// the minute rule and the two-minute rule. Runs the production handlers, each in an instance of its own.
import { handleEvent } from '../../shared/app/handle-event.ts';
import { manage } from '../../shared/app/manager-events.ts';
import type { Ports } from '../../shared/app/ports.ts';
import { receiveCall } from '../../shared/app/receive-call.ts';
import { type IncomingText, receiveText } from '../../shared/app/receive-text.ts';
import { reconcile } from '../../shared/app/reconcile.ts';
import { sweep } from '../../shared/app/sweep.ts';
import { wakeUp } from '../../shared/app/wake-up.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { RequestId } from '../../shared/domain/ids.ts';
import type { ManagerEvent } from '../../shared/domain/manager-act.ts';
import type { Reply } from '../../shared/domain/reply.ts';
import { type Ask, eventOf, webhookIdOf } from './asks.ts';
import type { Fault } from './faults.ts';
import { Instance } from './instance.ts';
import type { Leg } from './phones.ts';
import type { Scene } from './scene.ts';

/** The network's: twice more when nothing answers. Ours: three times more after an error that we could still catch. */
const RETRIES = 2;
const AGAINS = 3;
const RETRY_MS = 700;
const CONNECT_MS = 5_700;
const AGAIN_MS = 5_000;
/** AWS delivers what failed once more when it has been hidden six times as long as a function may live. */
const HIDDEN_MS = 60_000;
const RECEIVES_AT_MOST = 5;
const SWEEP_MS = 60_000;
const RECONCILE_MS = 120_000;
const LATE_MS = [1_000, 20_000] as const;

type Job = (ports: Ports) => Promise<unknown>;
type Answered = (reply: Reply | 'failed') => void;

export class Cloud {
  readonly #scene: Scene;
  /** For a while nothing sweeps: the rule was switched off, or the function throttled. */
  sweepsFrom = 0;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  start(): void {
    const { time, triggers } = this.#scene;
    const every = (ms: number, isOn: () => boolean, job: Job) => {
      const run = () => {
        if (isOn()) this.#invoke(job);
        time.after(ms, run);
      };
      time.after(ms, run);
    };
    every(SWEEP_MS, () => triggers.sweep && time.now >= this.sweepsFrom, sweep);
    every(RECONCILE_MS, () => triggers.reconciler, reconcile);
  }

  #invoke(job: Job): void {
    const { figures } = this.#scene;
    const name = job.name || 'report';
    new Instance(this.#scene).run(
      job,
      () => figures.count(`${name} done`),
      how => figures.count(`${name} ${how}`),
    );
  }

  // Webhooks of legs

  voice(leg: Leg, ask: Ask, digit: string | null, answered: Answered): void {
    const { faults, time, chance } = this.#scene;
    const fault = faults.next(ask.to === 'incoming' ? 'first-webhook' : 'webhook');
    if (fault === 'lost' && ask.to === 'incoming') {
      time.after(RETRY_MS, () => answered('failed'));
      return;
    }
    if (fault === 'twice')
      time.after(chance.between(...LATE_MS), () =>
        this.#deliver(leg, ask, digit, { retries: 0, agains: AGAINS }, () => undefined),
      );
    // One of four lost ones is lost at every try.
    if (fault === 'lost' && chance.is(0.25)) {
      time.after(CONNECT_MS, () => answered('failed'));
      return;
    }
    const tries = { retries: fault === 'lost' ? RETRIES - 1 : RETRIES, agains: 0 };
    const begin = () => this.#deliver(leg, ask, digit, tries, answered);
    time.after(fault === 'late' ? chance.between(500, 5_000) : fault === 'lost' ? CONNECT_MS : 30, begin);
  }

  #deliver(
    leg: Leg,
    ask: Ask,
    digit: string | null,
    { retries, agains }: { readonly retries: number; readonly agains: number },
    answered: Answered,
  ): void {
    const { time } = this.#scene;
    const once = (left: { readonly retries: number; readonly agains: number }) => () =>
      this.#deliver(leg, ask, digit, left, answered);
    const instance = new Instance(this.#scene);
    instance.run(
      ports => answerLeg(ports, leg, ask, digit),
      reply => {
        this.#scene.watch.answered(webhookIdOf(ask, leg.sid, digit), reply, instance.startedAt);
        answered(reply);
      },
      how => {
        if (how === 'crashed' && retries > 0) time.after(RETRY_MS, once({ retries: retries - 1, agains }));
        else if (how === 'threw' && agains < AGAINS)
          time.after(AGAIN_MS, once({ retries: RETRIES, agains: agains + 1 }));
        else answered('failed');
      },
    );
  }

  // Texts and reports

  text(text: Omit<IncomingText, 'webhookId' | 'writtenAt'>): void {
    const { faults, time, chance } = this.#scene;
    const received = { ...text, webhookId: text.messageSid, writtenAt: null };
    const fault = faults.next('first-webhook');
    const deliver = (retries: number) => () => {
      this.#scene.watch.silence.arrives(text.from, text.body, text.messageSid);
      new Instance(this.#scene).run(
        ports => receiveText(ports, received),
        () => this.#scene.watch.silence.received(text.from, text.messageSid),
        () => retries > 0 && time.after(RETRY_MS, deliver(retries - 1)),
      );
    };
    if (fault === 'lost') return;
    time.after(fault === 'late' ? chance.between(...LATE_MS) : 200, deliver(RETRIES));
    if (fault === 'twice') time.after(chance.between(...LATE_MS), deliver(0));
  }

  report(requestId: RequestId, event: Event, id: string): void {
    this.#invoke(ports => handleEvent(ports, { requestId, event, webhookId: `${id}:${event.kind}` }));
  }

  byHand(requestId: RequestId, event: ManagerEvent): void {
    this.#invoke(ports => manage(ports, requestId, event));
  }

  // The queue

  readonly queue = {
    send: (requestId: RequestId, dueMs: number, fault: Fault | null): void => {
      const { time, triggers, chance } = this.#scene;
      if (!triggers.queue || fault === 'lost') return;
      const hopMs = Math.min(900_000, Math.ceil((dueMs - time.now) / 1000) * 1000);
      const late = fault === 'late' ? chance.between(...LATE_MS) : chance.between(10, 200);
      time.after(Math.max(0, hopMs) + late, () => this.#receive(requestId, 1));
      if (fault === 'twice')
        time.after(Math.max(0, hopMs) + chance.between(...LATE_MS), () => this.#receive(requestId, 1));
    },
  };

  #receive(requestId: RequestId, receives: number): void {
    const again = () => {
      if (receives < RECEIVES_AT_MOST)
        this.#scene.time.after(HIDDEN_MS, () => this.#receive(requestId, receives + 1));
    };
    new Instance(this.#scene).run(
      ports => wakeUp(ports, JSON.stringify({ requestId })),
      done => done || again(),
      again,
    );
  }
}

async function answerLeg(ports: Ports, leg: Leg, ask: Ask, digit: string | null): Promise<Reply> {
  const { sid: callSid, line, number: from, requestId } = leg;
  const event = eventOf(ask, callSid, digit);
  const webhookId = webhookIdOf(ask, callSid, digit);
  const handled = event && (await handleEvent(ports, { requestId, event, webhookId }));
  if (handled?.request) return handled.reply;
  if (line === null) throw new Error('a helper rung for a request that nobody knows');
  const first = webhookIdOf({ to: 'incoming' }, callSid, null);
  return (await receiveCall(ports, { callSid, line, from, webhookId: first })).reply;
}
