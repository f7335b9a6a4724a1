import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { siteInBucket } from '../../shared/adapters/s3/fallback-site.ts';

let aws: FauxqsServer;
let client: S3Client;
beforeAll(async () => {
  aws = await startFauxqs({ port: 0, logger: false });
  aws.createBucket('fallback');
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  client = new S3Client({ endpoint: aws.address, region: 'us-east-1', credentials, forcePathStyle: true });
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

it('a file stands under its name, as what it is, and takes the place of the one before; copies of it are short-lived', async () => {
  const asked: unknown[] = []; // this bucket does not keep it
  client.middlewareStack.add(
    next => async args => {
      const { method, headers } = args.request as {
        readonly method: string;
        readonly headers: Record<string, string>;
      };
      if (method === 'PUT') asked.push(headers['cache-control']);
      return next(args);
    },
    { step: 'finalizeRequest' },
  );
  const site = siteInBucket('fallback', client);
  await site.put('line.xml', 'text/xml', '<Response/>');
  await site.put('line.xml', 'text/xml', '<Response><Hangup/></Response>');
  const found = await client.send(new GetObjectCommand({ Bucket: 'fallback', Key: 'line.xml' }));
  expect(await found.Body?.transformToString()).toBe('<Response><Hangup/></Response>');
  expect(found.ContentType).toBe('text/xml');
  expect(asked).toEqual(['max-age=60', 'max-age=60']);
});

it('a bucket that is not there is an error, so that the alarm hears of it', async () => {
  await expect(siteInBucket('nowhere', client).put('line.xml', 'text/xml', '')).rejects.toThrow();
});
