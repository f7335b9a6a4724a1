// How a person (or their handset) treats an incoming call, and what happens to texts sent there. Plain data, so that
// a phone in another process can set it over HTTP. Must never decide anything about the network.
import { z } from 'zod';

const seconds = z.number().min(0).max(86_400);

const scriptStepSchema = z.strictObject({
  /** Counted from the moment of answering. */
  afterSeconds: seconds,
  press: z
    .string()
    .regex(/^[0-9*#]+$/)
    .optional(),
  hangUp: z.literal(true).optional(),
});

export const behaviourSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('manual') }),
  z.strictObject({ kind: z.literal('no-answer') }),
  z.strictObject({ kind: z.literal('busy') }),
  z.strictObject({ kind: z.literal('unreachable') }),
  z.strictObject({ kind: z.literal('rejects'), afterSeconds: seconds.optional() }),
  /** Picks up, records nothing, presses nothing, hangs up. */
  z.strictObject({
    kind: z.literal('voicemail'),
    afterSeconds: seconds.optional(),
    hangsUpAfterSeconds: seconds.optional(),
  }),
  z.strictObject({
    kind: z.literal('scripted'),
    answerAfterSeconds: seconds,
    steps: z.array(scriptStepSchema).optional(),
  }),
]);

export const textBehaviourSchema = z.strictObject({
  /** Every text to this phone ends so: 30003 unreachable, 30005 unknown, 30006 landline, 63016 window closed … */
  failure: z.number().int().optional(),
  /** The handset is off this long after each text was sent. */
  delaySeconds: seconds.optional(),
});

export type ScriptStep = z.infer<typeof scriptStepSchema>;
export type Behaviour = z.infer<typeof behaviourSchema>;
export type TextBehaviour = z.infer<typeof textBehaviourSchema>;
