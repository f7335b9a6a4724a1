// Nothing that a survivor can reach is able to record: read from what is bundled into each function.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const entries = readdirSync(`${root}functions`).filter(file => file.endsWith('.ts'));
const isRecorder = /^shared\/(http\/recorder|adapters\/(s3\/recordings|twilio\/recorder-))/;

async function carries(entry: string): Promise<readonly string[]> {
  const options = { bundle: true, write: false, metafile: true, platform: 'node', format: 'cjs' } as const;
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [`functions/${entry}`],
    logLevel: 'silent',
  });
  return Object.keys(metafile.inputs).filter(input => isRecorder.test(input));
}

test.each(entries.filter(entry => !entry.startsWith('audio')))(
  '%s carries nothing of the recorder',
  async entry => {
    expect(await carries(entry)).toEqual([]);
  },
);

test('audio.ts carries it', async () => {
  expect(await carries('audio.ts')).toContain('shared/adapters/twilio/recorder-twiml.ts');
});
