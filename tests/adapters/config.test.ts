import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, parseSecrets } from '../../shared/app/config.ts';
import { accountSid } from './adapter-values.ts';

const environment = {
  PANA_STAGE: 'test',
  PANA_TABLE: 'pana-test',
  PANA_QUEUE_URL: 'https://sqs.eu-north-1.amazonaws.com/000000000000/wake-ups',
  PANA_TOPIC_ARN: 'arn:aws:sns:eu-north-1:000000000000:alerts',
  PANA_SECRETS_FILE: '/etc/pana/secrets.json',
  PANA_PUBLIC_BASE: 'https://pana.example.org/',
};
const secrets = {
  twilioAccountSid: accountSid,
  twilioAuthTokens: ['t'.repeat(32), 'u'.repeat(32)],
  twilioApiKey: `SK${'2'.repeat(32)}`,
  twilioApiSecret: 's'.repeat(32),
  dataKey: Buffer.alloc(32, 1).toString('base64'),
  lookupKey: Buffer.alloc(32, 2).toString('base64'),
};

function faultOf(changes: Record<string, string | undefined>): string {
  try {
    parseConfig({ ...environment, ...changes });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error('no fault was found');
}

describe('the configuration', () => {
  it('is read from the environment', () => {
    expect(parseConfig({ ...environment, OTHER: 'ignored', PANA_TWILIO_API: '' })).toMatchObject({
      stage: 'test',
      table: 'pana-test',
      queueUrl: environment.PANA_QUEUE_URL,
      topicArn: environment.PANA_TOPIC_ARN,
      secrets: { from: 'file', path: '/etc/pana/secrets.json' },
      publicBase: 'https://pana.example.org',
      twilioApi: 'https://api.twilio.com',
      fallbackNumber: null,
    });
  });

  it('may name another carrier, a fallback desk and a secret store', () => {
    const arn = 'arn:aws:secretsmanager:eu-north-1:000000000000:secret:pana-AbCdEf';
    const config = parseConfig({
      ...environment,
      PANA_SECRETS_FILE: undefined,
      PANA_SECRETS_ARN: arn,
      PANA_TWILIO_API: 'http://127.0.0.1:4000',
      PANA_FALLBACK_NUMBER: '+77172123456',
    });
    expect(config).toMatchObject({
      secrets: { from: 'manager', arn },
      twilioApi: 'http://127.0.0.1:4000',
      fallbackNumber: '+77172123456',
    });
  });

  it('names every variable that is wrong, and no value', () => {
    const fault = faultOf({ PANA_TABLE: undefined, PANA_PUBLIC_BASE: 'ftp://hidden.example' });
    expect(fault).toContain('PANA_TABLE is missing');
    expect(fault).toContain('PANA_PUBLIC_BASE must be an https URL');
    expect(fault).not.toContain('hidden');
  });

  it.each(['http://pana.example.org', 'https://pana.example.org?x=1', 'https://pana.example.org#x', 'pana'])(
    'refuses %s as the address that Twilio signs',
    PANA_PUBLIC_BASE => {
      expect(faultOf({ PANA_PUBLIC_BASE })).toContain('PANA_PUBLIC_BASE');
    },
  );

  it('wants exactly one source of secrets', () => {
    expect(faultOf({ PANA_SECRETS_FILE: undefined })).toContain('PANA_SECRETS_ARN');
    expect(faultOf({ PANA_SECRETS_ARN: 'arn:aws:secretsmanager:eu:0:secret:x' })).toContain('exactly one');
  });

  it('refuses an emergency short code as the fallback', () => {
    expect(faultOf({ PANA_FALLBACK_NUMBER: '112' })).toContain('PANA_FALLBACK_NUMBER');
  });
});

describe('the secrets', () => {
  it('are read, the keys as bytes', () => {
    const parsed = parseSecrets(JSON.stringify(secrets));
    expect(parsed).toEqual({
      ...secrets,
      dataKey: new Uint8Array(32).fill(1),
      lookupKey: new Uint8Array(32).fill(2),
    });
  });

  it.each([
    ['dataKey', 'c2hvcnQ='],
    ['twilioAuthTokens', []],
    ['twilioAccountSid', 'SKhidden'],
  ])('that are wrong in %s are refused by that name, without the value', (field, value) => {
    const parse = () => parseSecrets(JSON.stringify({ ...secrets, [field]: value }));
    expect(parse).toThrow(field);
    expect(parse).not.toThrow('hidden');
  });

  it('that are not JSON are not quoted', () => {
    expect(() => parseSecrets('hidden')).toThrow('the secrets are not JSON');
  });
});
