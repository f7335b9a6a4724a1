// Nothing that a survivor can reach is able to record: read from what is bundled into each function.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const entries = readdirSync(`${root}functions`).filter(file => file.endsWith('.ts'));
const recorder = /^shared\/(http\/recorder|adapters\/twilio\/recorder-)/;
const kept = /^shared\/adapters\/s3\//;

async function carries(entry: string, what: RegExp): Promise<readonly string[]> {
  const options = { bundle: true, write: false, metafile: true, platform: 'node', format: 'cjs' } as const;
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [`functions/${entry}`],
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs).filter(input => what.test(input));
}

test.each(entries.filter(entry => !entry.startsWith('audio')))(
  '%s carries nothing of the recorder',
  async entry => {
    expect(await carries(entry, recorder)).toEqual([]);
  },
);

test('audio.ts carries it', async () => {
  expect(await carries('audio.ts', recorder)).toContain('shared/adapters/twilio/recorder-twiml.ts');
});

/** What plays, and what publishes what is played. */
const players = /^(audio|fallback)/;

test.each(entries.filter(entry => !players.test(entry)))('%s cannot reach what is kept', async entry => {
  expect(await carries(entry, kept)).toEqual([]);
});
