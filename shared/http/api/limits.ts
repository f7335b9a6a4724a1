// The limits as they are set, and how much of those of the day is spent. They are changed by patchSettings.
// Must never say anything of one number, which is nobody's to see, nor a count: whoever looks each minute would see every
// call of every region come.
import { z } from '@hono/zod-openapi';
import { addSeconds, instant } from '../../domain/instant.ts';
import { type Limits, percentSpent } from '../../domain/limits.ts';
import { type Api, declared } from './api.ts';
import { json } from './bodies.ts';
import { showMoment, shownMoment } from './fields.ts';
import { problems } from './problem.ts';

const DAY_SECONDS = 24 * 3600;

const whole = z.number().int();
const limits = z.object({
  callsPerNumberAnHour: whole,
  callsPerLineAMinute: whole,
  withheldPerLineAMinute: whole,
  textsPerNumberAnHour: whole,
  textsPerLineAMinute: whole,
  ringsADay: whole,
  textsADay: whole,
  automaticRepliesAnHour: whole,
  allowedPrefixes: z.array(z.string()),
} satisfies Record<keyof Limits, z.ZodType>);

const getLimits = declared({
  method: 'get',
  path: '/v1/limits',
  operationId: 'getLimits',
  summary:
    'What is served more slowly from where on, and what of it is spent today (UTC). Changed by patchSettings',
  tag: 'settings',
  permission: 'network:read',
  lies: 'everywhere',
  responses: {
    200: json(
      'They',
      z
        .object({
          limits,
          spent: z
            .object({ ringsPercent: whole, textsPercent: whole, since: shownMoment, until: shownMoment })
            .openapi({ description: 'Of the limits of the day, in whole ten percent' }),
        })
        .openapi('Limits'),
    ),
    ...problems,
  },
});

export function limitsNow(api: Api): void {
  api.add(getLimits, async c => {
    const { networks, counters, clock } = c.var.context.ports;
    const now = clock.now();
    const [{ settings }, rings, texts] = await Promise.all([
      networks.network(),
      counters.count({ of: 'rings' }, now),
      counters.count({ of: 'texts' }, now),
    ]);
    const since = instant(now - (now % (DAY_SECONDS * 1000)));
    const spent = {
      ringsPercent: percentSpent(rings, settings.limits.ringsADay),
      textsPercent: percentSpent(texts, settings.limits.textsADay),
      since: showMoment(since),
      until: showMoment(addSeconds(since, DAY_SECONDS)),
    };
    const { allowedPrefixes, ...numbers } = settings.limits;
    return c.json({ limits: { ...numbers, allowedPrefixes: [...allowedPrefixes] }, spent }, 200);
  });
}
