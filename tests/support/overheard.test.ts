// That the listening of every test hears what it must, and takes no id for a number.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from 'vitest';
import { createLog } from '../../shared/adapters/system/log.ts';
import { instant } from '../../shared/domain/instant.ts';
import { isPersonal, keepSecret, overhear, overhearFaults, takeLeaks } from './overheard.ts';

afterEach(() => void takeLeaks());

describe('what is personal', () => {
  test.each([
    '{"to":"+77995550001"}',
    'tel 8 (799) 555-00-01 failed',
    '87995550001',
    '/texts?from=%2B4915112345678',
    'no contact of 7995550001',
    'Имя-aigul is on duty',
  ])('%s', text => {
    expect(isPersonal(text)).toBe(true);
  });

  test.each([
    '{"request":"req_7995550001aaaaaaaaaaaaaaaaaaaaaa"}',
    '{"time":"2027-01-07T09:95:50.001Z","count":12}',
    '{"dueAt":{"N":"1799555000123"}}',
    'COUNT#rings#all#20666/COUNT',
  ])('not %s', text => {
    expect(isPersonal(text)).toBe(false);
  });

  test('whatever somebody wrote in this test, and nothing shorter than a word', () => {
    for (const body of ['Он дома, пишите потом', '1', 'STOP']) keepSecret(body);
    expect(isPersonal('{"body":"Он дома, пишите потом!"}')).toBe(true);
    expect(isPersonal('{"action":"STOP","count":1}')).toBe(false);
  });
});

describe('listening', () => {
  test('hears what goes to a queue', async () => {
    const aws = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
    const sqs = new SQSClient({ ...aws, endpoint: 'http://127.0.0.1:9', maxAttempts: 1 });
    const message = new SendMessageCommand({ QueueUrl: 'http://127.0.0.1:9/q', MessageBody: '+77995550001' });
    await expect(sqs.send(message)).rejects.toThrow();
    expect(takeLeaks().map(({ where }) => where)).toEqual(['to AWS: /']);
  });

  test('hears what a function throws', async () => {
    const thrown = overhearFaults('a function', () => Promise.reject(new Error('no +77995550001')));
    await expect(thrown).rejects.toThrow();
    expect(takeLeaks().map(({ where }) => where)).toEqual(['thrown by a function']);
  });

  test('hears lines of the log that go to the output', () => {
    // The log itself would withhold a number; a word is what it cannot know.
    keepSecret('Anadom');
    createLog({ now: () => instant(0) }).info('written', { words: 'Anadoma' });
    expect(takeLeaks().map(({ where }) => where)).toEqual(['a line of the log']);
  });

  test('forgets what it heard when the test is over', () => {
    overhear('somewhere', '+77995550001');
    expect(takeLeaks()).toHaveLength(1);
    expect(takeLeaks()).toEqual([]);
  });
});
