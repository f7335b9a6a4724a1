import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSecretsManager } from '../../shared/adapters/secrets-manager/secrets-manager.ts';
import { systemClock } from '../../shared/adapters/system/clock.ts';
import { createLog } from '../../shared/adapters/system/log.ts';
import { systemRandom } from '../../shared/adapters/system/random.ts';
import { readSecretsFile } from '../../shared/adapters/system/secrets-file.ts';
import type { LogFields } from '../../shared/app/ports.ts';
import { instant } from '../../shared/domain/instant.ts';
import { accountSid, callSid, messageSid, requestId } from './adapter-values.ts';
import { startScriptedServer } from './scripted-server.ts';

const secrets = {
  twilioAccountSid: accountSid,
  twilioAuthTokens: ['t'.repeat(32)],
  twilioApiKey: `SK${'2'.repeat(32)}`,
  twilioApiSecret: 's'.repeat(32),
  dataKey: Buffer.alloc(32, 1).toString('base64'),
  lookupKey: Buffer.alloc(32, 2).toString('base64'),
};

function logged(event: string, fields?: LogFields) {
  const lines: string[] = [];
  createLog({ now: () => instant(1_790_000_000_000) }, line => lines.push(line)).info(event, fields);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  return JSON.parse(lines[0] ?? '');
}

describe('the log', () => {
  it('is one line of JSON with the time, the level and the event', () => {
    expect(logged('rung-reached', { requestId, rung: 2, silent: false, region: null })).toEqual({
      requestId,
      rung: 2,
      silent: false,
      region: null,
      time: '2026-09-21T14:13:20.000Z',
      level: 'info',
      event: 'rung-reached',
    });
  });

  it.each([requestId, callSid, messageSid, 'vol_aigul-1', 'KZ-75', 'NotFoundException', '1:2#3'])(
    'shows the id or kind %s',
    value => {
      expect(logged('event', { value }).value).toBe(value);
    },
  );

  it.each([
    `req_${'1'.repeat(32)}`,
    `CA${'9'.repeat(32)}`,
    '11111111-2222-3333-4444-555555555555',
    '2026-11-22T19:56:02.123Z',
  ])('shows %s, whose digits belong to an id or a time', value => {
    expect(logged('event', { value }).value).toBe(value);
  });

  it.each([
    '+77051234567',
    '87051234567',
    '7-705-123-45-67',
    '7.705.123.45.67',
    'whatsapp:77051234567',
    `${callSid}:77051234567`,
    'two words',
    'көмек',
    'line\nbreak',
    'x'.repeat(81),
  ])('withholds %j', value => {
    expect(logged('event', { value }).value).toBe('[withheld]');
  });

  it('withholds a number given as a number, and shows counts and instants', () => {
    expect(logged('event', { value: 77_051_234_567 }).value).toBe('[withheld]');
    expect(logged('event', { value: 1_790_000_000_000 }).value).toBe(1_790_000_000_000);
    expect(logged('event', { value: 0.25 }).value).toBe(0.25);
  });

  it('withholds what hides in the event or in the name of a field', () => {
    const line = JSON.stringify(logged('called +77051234567', { '+77051234567': 1 }));
    expect(line).not.toContain('77051234567');
  });

  it('keeps its own fields when others bear their names', () => {
    expect(logged('event', { level: 'error', time: 'never' })).toMatchObject({
      level: 'info',
      time: '2026-09-21T14:13:20.000Z',
    });
  });
});

describe('clock and chance', () => {
  it('tell whole milliseconds and numbers from 0 to below 1', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
    const draws = Array.from({ length: 1_000 }, systemRandom);
    expect(draws.every(draw => draw >= 0 && draw < 1)).toBe(true);
    expect(new Set(draws).size).toBe(1_000);
  });
});

describe('secrets', () => {
  it('are read from a file', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'pana-')), 'secrets.json');
    await writeFile(path, JSON.stringify(secrets));
    expect((await readSecretsFile(path)).dataKey).toEqual(new Uint8Array(32).fill(1));
  });

  it('that can not be read are named by their variable', async () => {
    await expect(readSecretsFile('/nowhere/secrets.json')).rejects.toThrow('PANA_SECRETS_FILE');
  });

  it('are read from Secrets Manager, at the endpoint that the environment names', async () => {
    const manager = await startScriptedServer();
    manager.answerWith({ status: 200, body: { SecretString: JSON.stringify(secrets) } });
    process.env['AWS_ENDPOINT_URL_SECRETS_MANAGER'] = manager.url;
    process.env['AWS_REGION'] = 'us-east-1';
    process.env['AWS_ACCESS_KEY_ID'] = 'x';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'x';
    const read = await readSecretsManager('arn:aws:secretsmanager:us-east-1:000000000000:secret:pana');
    expect(read.twilioAccountSid).toBe(accountSid);
    await manager.stop();
  });
});
