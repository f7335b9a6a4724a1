// Nothing that a survivor can reach is able to record: read from what is bundled into each function.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { bundleFunction } from '../../infra/constructs/bundle.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const entries = readdirSync(`${root}functions`).filter(file => file.endsWith('.ts'));
const folder = mkdtempSync(join(tmpdir(), 'pana-bundles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const recorder = /^shared\/(http\/recorder|adapters\/twilio\/recorder-)/;
const kept = /^shared\/adapters\/s3\//;

/** At once or when it is needed. */
function carries(entry: string, what: RegExp): readonly string[] {
  const { always, whenNeeded } = bundleFunction(`functions/${entry}`, join(folder, entry));
  return [...always.keys(), ...[...whenNeeded.values()].flat()].filter(input => what.test(input));
}

test.each(entries.filter(entry => !entry.startsWith('audio')))(
  '%s carries nothing of the recorder',
  entry => {
    expect(carries(entry, recorder)).toEqual([]);
  },
);

test('audio.ts carries it', () => {
  expect(carries('audio.ts', recorder)).toContain('shared/adapters/twilio/recorder-twiml.ts');
});

/** What plays, and what publishes what is played. */
const players = /^(audio|fallback)/;

test.each(entries.filter(entry => !players.test(entry)))('%s cannot reach what is kept', entry => {
  expect(carries(entry, kept)).toEqual([]);
});
