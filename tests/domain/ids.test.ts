// Each kind of name has one form, and nothing else passes for it; a request's own name follows from what opened it.
import { describe, expect, test } from 'vitest';
import * as ids from '../../shared/domain/ids.ts';
import { sure } from '../support/given.ts';

const hex = '0123456789abcdef'.repeat(2);
const forms: readonly (readonly [string, (text: string) => string | null, readonly string[]])[] = [
  ['request', ids.parseRequestId, [`req_${hex}`]],
  ['volunteer', ids.parseVolunteerId, ['vol_aigul', 'vol_a', `vol_${'a'.repeat(40)}`, 'vol_7-b']],
  ['contact', ids.parseContactId, ['con_police-almaty']],
  ['line', ids.parseLineId, ['line_main']],
  ['ladder', ids.parseLadderId, ['lad_main']],
  ['region', ids.parseRegionId, ['KZ-75', 'DE-BE']],
  ['skill', ids.parseSkillId, ['crisis', 'legal-aid', 'kk']], // a language could name a skill, but no line has it
  ['language', ids.parseLanguageId, ['kk']],
  ['call', ids.parseCallSid, [`CA${hex}`]],
  ['text', ids.parseMessageSid, [`SM${hex}`, `MM${hex}`]],
];
const everyExample = forms.flatMap(([, , examples]) => examples);

describe.each(forms)('the name of a %s', (_kind, parse, examples) => {
  test('has its form', () => {
    for (const example of examples) expect(parse(example)).toBe(example);
  });

  test('is none of another kind, and nothing around it', () => {
    for (const other of everyExample.filter(each => !examples.includes(each)))
      expect(parse(other)).toBeNull();
    for (const example of examples)
      for (const wrong of [`${example}\n`, ` ${example}`, `${example}/..`, `X${example}`, ''])
        expect(parse(wrong)).toBeNull();
  });
});

test.each(['vol_', 'vol_-a', 'vol_A', `vol_${'a'.repeat(41)}`, 'vol_+77995550001', 'vol_айгүл', 'vol_a#b'])(
  '%s is no name of a volunteer',
  text => expect(ids.parseVolunteerId(text)).toBeNull(),
);

test('a phone number is no name of anything', () => {
  for (const [, parse] of forms) expect(parse('+77995550001')).toBeNull();
});

test('whatever opens a request names it: the same call always the same request', () => {
  const call = sure(ids.parseCallSid(`CA${hex}`));
  expect(ids.requestIdOf(call)).toBe(`req_${hex}`);
  expect(ids.parseRequestId(ids.requestIdOf(call))).toBe(ids.requestIdOf(call));
  expect(ids.requestIdOf(sure(ids.parseMessageSid(`MM${hex}`)))).toBe(`req_${hex}`);
});

test('the prefix tells a volunteer from a contact', () => {
  expect(ids.isVolunteer(sure(ids.parseVolunteerId('vol_a')))).toBe(true);
  expect(ids.isVolunteer(sure(ids.parseContactId('con_vol-a')))).toBe(false);
});
