// What the operations of coverage take and show.
import { z } from '@hono/zod-openapi';
import { managerLanguages } from '../../prompts/managers/manager-words.ts';
import { fields, moment, shownMoment } from './fields.ts';

const words = z
  .enum(managerLanguages)
  .default('en')
  .openapi({ description: 'In which language sentences are' });
const window = {
  from: moment.optional().openapi({ description: 'Now, when it is left out' }),
  until: moment
    .optional()
    .openapi({ description: 'Four weeks later, when it is left out; five at the most' }),
};

export const windowQuery = z.strictObject({ ...window, words });
export const holesQuery = z.strictObject({ ...window, words, region: fields.regionId.optional() });
export const coverageQuery = z.strictObject({
  ...window,
  region: fields.regionId.optional().openapi({ description: 'Left out: the whole country together' }),
  skill: fields.skillId.optional().openapi({ description: 'Left out: whatever they can do' }),
  language: fields.languageId
    .optional()
    .openapi({ description: 'Left out: each language of the lines, one by one' }),
  each: z
    .enum(['region', 'skill'])
    .optional()
    .openapi({ description: 'One by one, instead of the one that is named' }),
});

const need = {
  region: z.string().nullable().openapi({ description: 'Null: the whole country together' }),
  skill: z.string().nullable().openapi({ description: 'Null: whatever they can do' }),
  language: z.string(),
};

export const coverageSchema = z
  .object({
    rows: z.array(
      z.object({
        ...need,
        hours: z.array(
          z.object({
            from: shownMoment,
            onDuty: z.number().int().openapi({ description: 'The least in the hour' }),
            atLeast: z.number().int().openapi({ description: 'What floors ask for; 0: none does' }),
          }),
        ),
      }),
    ),
  })
  .openapi('Coverage');

export const holesSchema = z
  .object({
    holes: z.array(
      z.object({
        id: z.string().openapi({ example: 'hol_KZ-43.legal.kk.29938020.29938260' }),
        ...need,
        atLeast: z.number().int(),
        onDuty: z.number().int().openapi({ description: 'The least in it' }),
        from: shownMoment,
        until: shownMoment,
        words: z.string().openapi({
          example: 'Kyzylorda: no Kazakh-speaking volunteer (My rights), Sun 29 Nov 02:00-06:00',
        }),
      }),
    ),
    more: z.number().int().openapi({ description: 'So many more there are' }),
  })
  .openapi('Holes');

export const candidatesSchema = z
  .object({
    candidates: z.array(
      z.object({
        volunteerId: z.string(),
        name: z.string(),
        verdict: z.enum(['could', 'away', 'on-duty', 'too-little-rest', 'too-many-hours']),
        hoursThatWeek: z.number().openapi({ description: 'On duty in that week, without it' }),
        from: z.enum(['region', 'near', 'elsewhere']),
      }),
    ),
  })
  .openapi('Candidates');

export const scoreSchema = z
  .object({
    score: z.number().int(),
    parts: z.array(
      z.object({
        part: z.enum(['coverage', 'redundancy', 'balance', 'rest']),
        weight: z.number().int().openapi({ description: 'Of 100' }),
        percent: z.number().int(),
        words: z.string(),
      }),
    ),
    overloaded: z
      .array(z.object({ volunteerId: z.string(), name: z.string(), words: z.array(z.string()) }))
      .openapi({ description: 'Who of your regions is on duty too much, and how' }),
  })
  .openapi('Score');
