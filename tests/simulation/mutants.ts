// Planted bugs: each is a change of the source that a hurried hand could make. The simulator must notice every one;
// a mutant that survives says that the simulator is blind there, not that the code is right.
import type { Change } from './bundle.ts';

export type Mutant = {
  readonly name: string;
  readonly changes: readonly Change[];
  /** The invariants of which at least one must break. */
  readonly breaks: readonly string[];
  /** Share of the queue's messages that are lost besides, where the queue would hide the bug. */
  readonly lostMessages?: number;
};

/** A mutant that shows in none of so many worlds has survived. */
export const WORLDS_AT_MOST = 200;

const tables = 'tests/simulation/tables.ts';
const domain = (file: string): string => `shared/domain/${file}.ts`;

export const mutants: readonly Mutant[] = [
  {
    name: 'a claim without its condition',
    changes: [
      {
        file: tables,
        from: "    if (!wanted.every(claim => this.#mayHold(claim, held, { before, after, at }, settings)))\n      return 'claim-conflict';\n",
        to: '',
      },
    ],
    breaks: ['S2', 'S3'],
  },
  {
    name: 'a call beside conversations by text',
    changes: [
      { file: tables, from: "(isConversation && claim.for !== 'call')", to: 'isConversation' },
      {
        file: domain('matching'),
        from: 'const atMost = byText ? network.settings.conversationsAtOnce : 1;',
        to: 'const atMost = network.settings.conversationsAtOnce;',
      },
    ],
    breaks: ['S2'],
  },
  {
    name: 'a call that waits is closed by hand',
    changes: [
      {
        file: domain('decide-close'),
        from: "return request.channel === 'voice' ? 'she-waits' : close(",
        to: 'return close(',
      },
    ],
    breaks: ['by-hand', 'dismissed', 'stranded'],
  },
  {
    name: 'a manager’s hand reaches whoever is excluded',
    changes: [
      {
        file: domain('decide-assign'),
        from: 'return withChanges(request, { asked });',
        to: 'return withChanges(request, { asked, excluded: [] });',
      },
    ],
    // Rare: a hand must pass over somebody who is then asked. With slower timers it comes about twice as often.
    lostMessages: 0.3,
    breaks: ['by-hand', 'S3'],
  },
  {
    name: 'a commit without the check of the version',
    changes: [
      {
        file: tables,
        from: "    if ((this.requests.get(after.id)?.version ?? 0) !== (before?.version ?? 0)) return 'version-conflict';\n",
        to: '',
      },
    ],
    breaks: ['S1', 'S2', 'S5', 'S7', 'closed', 'stranded', 'L1', 'left-ringing'],
  },
  {
    name: 'no outbox: what was decided is done once or never',
    changes: [
      {
        file: 'shared/app/handle-event.ts',
        from: 'const after = withChanges(request, { version: (before?.version ?? 0) + 1 });',
        to: 'const after = withChanges(request, { outbox: [], version: (before?.version ?? 0) + 1 });',
      },
    ],
    breaks: ['S5', 'stranded'],
  },
  {
    name: 'an outbox that nobody takes over from whoever died',
    changes: [
      {
        file: domain('outbox'),
        from: 'leasedUntil <= now && !reported.some(result => result.id === id);',
        to: 'false;',
      },
    ],
    breaks: ['L2', 'L3', 'stranded'],
  },
  {
    name: 'finished rows stay in the due index',
    changes: [
      {
        file: tables,
        from: 'const row = due === null ? null : { requestId: request.id, dueAt: due };',
        to: 'const row = due === null ? (indexed?.row ?? null) : { requestId: request.id, dueAt: due };',
      },
    ],
    breaks: ['L4'],
  },
  {
    name: 'a sweep of one shard',
    changes: [
      {
        file: 'shared/app/due-requests.ts',
        from: 'length: DUE_SHARDS }',
        to: 'length: 1 }',
      },
    ],
    breaks: ['L1', 'L3', 'stranded'],
    lostMessages: 1,
  },
  {
    name: 'no deduplication of webhooks',
    changes: [
      {
        file: tables,
        from: "    if (webhook !== null && this.webhooks.has(webhook.id)) return 'repeated';\n",
        to: '',
      },
      {
        file: 'tests/simulation/simulated-store.ts',
        from: 'storedReply: (webhookId !== null && tables.webhooks.get(webhookId)) || null,',
        to: 'storedReply: null,',
      },
    ],
    breaks: ['S4'],
  },
  {
    name: 'a late callback opens a closed request again',
    changes: [
      {
        file: domain('decide-helper'),
        from: "if (!stepIsIn(step, 'connected') || step.request.phase.offer.seq !== event.seq) return ignore(step, event);",
        to: "if (stepIsIn(step, 'closed')) return helperLeft(changePhase(step as never, { kind: 'connected', offer: { to: 'con_manager', seq: event.seq }, since: input.now } as never) as never, 'hung-up', 'left', input);\n  if (!stepIsIn(step, 'connected') || step.request.phase.offer.seq !== event.seq) return ignore(step, event);",
      },
    ],
    breaks: ['closed'],
  },
  {
    name: 'consent is ignored',
    changes: [
      {
        file: domain('consent'),
        from: "return verdict === 'given' || verdict === 'assumed';",
        to: 'return verdict !== undefined;',
      },
    ],
    breaks: ['S6'],
  },
  {
    name: 'a paused volunteer is asked',
    changes: [
      {
        file: domain('matching'),
        from: "if (pausedUntil !== null && pausedUntil > now) return 'paused';",
        to: '',
      },
      {
        file: tables,
        from: 'isNotTooMany && isWilling &&',
        to: 'isNotTooMany &&',
      },
    ],
    breaks: ['S3'],
  },
  {
    name: 'a text goes out although she has said stop',
    changes: [
      {
        file: domain('outbox'),
        from: "    case 'text-survivor':\n      return request.phase.kind !== 'closed' && stillFits(request, action.text.text);",
        to: "    case 'text-survivor':\n      return true;",
      },
      {
        file: domain('step'),
        from: 'outbox: outbox.filter(({ action }) => !goesToSurvivor(action)).map(entry => begun(entry, now)),',
        to: 'outbox: outbox.map(entry => begun(entry, now)),',
      },
    ],
    breaks: ['S7'],
  },
  {
    name: 'nothing is held back after a silence',
    changes: [
      {
        file: domain('contact-rules'),
        from: "return channel === 'voice' || (goodTime.until !== null && goodTime.until > now);",
        to: 'return true;',
      },
    ],
    breaks: ['S7'],
  },
  {
    name: 'a call back outside her hours',
    changes: [
      {
        file: domain('contact-rules'),
        from: "  return isWithin(rules.hours, zonesOf(request, network), now) ? 'allowed' : 'outside-hours';",
        to: "  return 'allowed';",
      },
      {
        file: domain('contact-rules'),
        from: '.filter(at => at >= now && at < rules.until && isWithin(rules.hours, zones, at))',
        to: '.filter(at => at >= now && at < rules.until)',
      },
    ],
    breaks: ['S7'],
  },
  {
    name: 'whoever presses any key is put through in her place',
    changes: [
      {
        file: domain('decide-called'),
        from: 'event.digit !== null && event.digit === step.request.rules?.callDigit',
        to: 'event.digit !== null',
      },
    ],
    breaks: ['S7'],
  },
  {
    name: 'a call back that stop does not reach',
    changes: [
      {
        file: 'shared/app/receive-text.ts',
        from: '  if (isStop(text.body)) await stopCalls(ports, text.from, known.requests);\n',
        to: '',
      },
    ],
    breaks: ['S7'],
  },
  {
    name: 'a conversation that never lapses',
    changes: [
      {
        file: domain('standing'),
        from: "      return channel === 'text'\n        ? silenceEndsAt(phase, settings)",
        to: "      return channel === 'text'\n        ? null",
      },
      {
        file: domain('decide-conversation'),
        from: 'silenceEndsAt(',
        to: '((..._: unknown[]) => Number.MAX_SAFE_INTEGER as never)(',
      },
    ],
    breaks: ['L1', 'L3', 'L4', 'stranded'],
  },
  {
    name: 'no reconciler',
    changes: [
      {
        file: 'tests/simulation/cloud.ts',
        from: 'every(RECONCILE_MS, () => triggers.reconciler, reconcile);',
        to: '',
      },
    ],
    breaks: ['unknown-call', 'unknown-text', 'L1'],
  },
  {
    name: 'stop is not understood',
    changes: [{ file: domain('text-words'), from: 'return stopWords.has(word(body));', to: 'return false;' }],
    breaks: ['S7'],
  },
  {
    name: 'a search that is never due',
    changes: [
      {
        file: domain('standing'),
        from: 'return earliest([\n        rungEndsAt,',
        to: 'return [null][0] ?? null;\n      earliest([\n        rungEndsAt,',
      },
    ],
    breaks: ['L4'],
  },
  {
    name: 'who is left by her helper is dropped',
    changes: [
      {
        file: domain('decide-wait'),
        from: "    return helperLeft(step, 'room-ended', 'left', input);\n  return ignore(step, event);",
        to: "    return leave(step, 'talked', input);\n  return ignore(step, event);",
      },
    ],
    breaks: ['dismissed'],
  },
  {
    name: 'anybody who speaks both languages is asked to interpret',
    changes: [
      {
        file: domain('matching'),
        from: '    ...(interpretingInto !== null && interpreterSkill !== null ? [interpreterSkill] : []),\n',
        to: '',
      },
    ],
    breaks: ['S3'],
  },
  {
    name: 'a required skill is not asked for',
    changes: [
      {
        file: domain('matching'),
        from: "if (!required.every(skill => skills.includes(skill))) return 'skill';",
        to: '',
      },
    ],
    breaks: ['S3'],
  },
  {
    name: 'exclusion ignored on the last rung',
    changes: [
      {
        file: domain('matching'),
        from: "if (isKeptApart(request, candidate)) return 'excluded';",
        to: "if (isKeptApart(request, candidate) && request.phase.kind === 'searching' && request.phase.rung < request.ladder.rungs.length) return 'excluded';",
      },
    ],
    breaks: ['S3'],
  },
  {
    name: 'the wait loop throws from the second rung on',
    changes: [
      {
        file: domain('decide-wait'),
        from: '  const about = step.request.phase.callQuestion;',
        to: "  if (step.request.phase.rung > 0) throw new Error('planted');\n  const about = step.request.phase.callQuestion;",
      },
    ],
    breaks: ['threw'],
  },
  {
    name: 'alerts are never published',
    changes: [
      {
        file: 'tests/simulation/simulated-outside.ts',
        from: '() => watch.alerted(alert), later',
        to: "() => 'done', later",
      },
    ],
    breaks: ['L2'],
  },
];
