// The shapes of the network's parts for the API document, made of the very schema that reads them, and the few places in
// which the API shows them otherwise: hours as a clock does, and numbers to those alone who may see them.
// Must never be a second description of the network.
import { z } from '@hono/zod-openapi';
import { networkSchema } from '../../app/network-document.ts';
import type { Contact } from '../../domain/network.ts';
import { showClockTime } from './fields.ts';

type Shape = Readonly<Record<string, unknown>>;

const whole = z.toJSONSchema(networkSchema as z.core.$ZodType, {
  // Ids and numbers have parsers of their own.
  unrepresentable: 'any',
  io: 'input',
  override: ({ zodSchema, jsonSchema }) => {
    if (zodSchema._zod.def.type === 'custom') jsonSchema.type = 'string';
    if (jsonSchema.default !== undefined) delete jsonSchema.default;
  },
}) as { properties: Readonly<Record<string, { items?: Shape }>> };

/** By the name of the part in the network; of lists, the shape of one. */
export const shapeOf = (part: string): Shape => {
  const { items, ...itself } = whole.properties[part] ?? {};
  return withClock(items ?? itself);
};

const CLOCK = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', example: '22:00' };

function withClock(shape: Shape): Shape {
  const properties = shape['properties'] as Readonly<Record<string, { items?: Shape }>> | undefined;
  const hours = properties?.['hours'];
  if (!hours) return shape;
  const items = {
    ...hours.items,
    properties: { ...(hours.items?.['properties'] as Shape), from: CLOCK, until: CLOCK },
  };
  return { ...shape, properties: { ...properties, hours: { ...hours, items } } };
}

/** A contact as the API shows it. Without `numbers`: whether it takes calls and texts, not where. */
export function showContact({ callNumber, textNumber, hours, ...contact }: Contact, numbers: boolean) {
  return {
    ...contact,
    hours: hours.map(({ from, until, ...each }) => ({
      ...each,
      from: showClockTime(from),
      until: showClockTime(until),
    })),
    ...(numbers
      ? { callNumber, textNumber }
      : { takesCalls: callNumber !== null, takesTexts: textNumber !== null }),
  };
}

const isClock = (text: unknown): text is string =>
  typeof text === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
/** What is no clock time stays as it is, and is refused by the network's own parser. */
const minutes = (text: unknown): unknown =>
  isClock(text) ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3)) : String(text);

/** What was sent, with hours as the network keeps them. */
export function readPart(sent: Shape): Shape {
  const { hours, ...rest } = sent;
  if (!Array.isArray(hours)) return sent;
  return {
    ...rest,
    hours: hours.map((each: unknown) =>
      typeof each === 'object' && each !== null
        ? {
            ...each,
            from: minutes((each as { from?: unknown }).from),
            until: minutes((each as { until?: unknown }).until),
          }
        : each,
    ),
  };
}

/** RFC 7396: what is named is changed, null takes away, what is left out stays. */
export function mergePatch(before: unknown, patch: unknown): unknown {
  if (!isPlain(patch)) return patch;
  const start = isPlain(before) ? before : {};
  const changed = Object.entries(patch).map(([name, value]) => [
    name,
    value === null ? null : mergePatch(start[name], value),
  ]);
  return { ...start, ...Object.fromEntries(changed) };
}

const isPlain = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
