// What webhooks are given and give, held against Hono's own bridge to Lambda: the same events, the same results.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Hono } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { expect, test } from 'vitest';
import { answered, webhookHandler, xml } from '../../shared/http/lambda.ts';
import type { SignedEnv } from '../../shared/http/signed.ts';

type Sent = Partial<
  Pick<APIGatewayProxyEventV2, 'rawQueryString' | 'headers' | 'body' | 'isBase64Encoded'>
> & {
  readonly method?: string;
  readonly path?: string;
};

function event({ method = 'POST', path = '/heard/r/7', ...sent }: Sent): LambdaEvent {
  const context = { http: { method, path }, domainName: 'hotline.example' };
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'a+b/c=' },
    isBase64Encoded: false,
    requestContext: context,
    ...sent,
  } as unknown as LambdaEvent;
}

const base64 = (text: string) => ({ body: Buffer.from(text).toString('base64'), isBase64Encoded: true });

/** Tells in its answer all that our routes read of a request. */
function app(): Hono<SignedEnv> {
  const listening = new Hono<SignedEnv>();
  listening.use('/refused/*', async () => answered(null, 403));
  listening.post('/heard/:name/:number', async c => {
    const { pathname, search } = new URL(c.req.url);
    const heard = {
      pathname,
      search,
      path: c.req.path,
      route: c.req.routePath,
      params: c.req.param(),
      signature: c.req.header('X-Twilio-Signature') ?? null,
      absent: c.req.header('x-absent') ?? null,
      body: await c.req.text(),
      again: await c.req.text(),
    };
    return answered(JSON.stringify(heard), 200, xml);
  });
  listening.post('/fails', () => {
    throw new Error('not today');
  });
  listening.onError(error => answered(error.message, 500));
  return listening;
}

const sent: Readonly<Record<string, Sent>> = {
  'a form': { body: 'From=%2B77001234567&Body=a+b' },
  'a form as API Gateway sends it': base64('From=%2B77001234567&Body=%D0%A1'),
  'letters that were not escaped': base64('Body=Сәлем 🌿'),
  'bytes that are no text': {
    body: Buffer.from([0x42, 0xff, 0xfe, 0xc3, 0x28]).toString('base64'),
    isBase64Encoded: true,
  },
  'nothing at all': { body: '' },
  'no body': {},
  'no signature': { headers: {}, body: 'a=1' },
  'a query': { rawQueryString: 'a=1&b=%20c', body: 'a=1' },
  'an escaped path': { path: '/heard/%D0%BA/8', body: 'a=1' },
  'a path that climbs': { path: '/heard/../heard/r/9', body: 'a=1' },
  'a path that climbs unseen': { path: '/heard/x/%2e%2e/r/9', body: 'a=1' },
  'a path of two slashes': { path: '//heard/r/9', body: 'a=1' },
  'a path with strange letters': { path: '/heard/ё "<\\\t/9#x', body: 'a=1' },
  'a refused path': { path: '/refused/x', body: 'a=1' },
  'an unknown path': { path: '/nowhere' },
  'an unknown method': { method: 'GET' },
  'what fails': { path: '/fails', body: 'a=1' },
};

test.each(Object.entries(sent))(
  '%s reaches a route and comes back as through the library',
  async (_, one) => {
    // Whatever is not found says so in words there, and nothing here.
    const theirs = app().notFound(() => answered(null, 404));
    const expected = await handle(theirs)(event(one));
    expect(await webhookHandler(app())(event(one))).toEqual(expected);
  },
);

test('an answer is what it was made of', async () => {
  const { statusCode, headers, body } = await webhookHandler(app())(event(base64('Body=Сәлем')));
  expect({ statusCode, headers }).toEqual({ statusCode: 200, headers: xml });
  expect(JSON.parse(body)).toMatchObject({ body: 'Body=Сәлем', again: 'Body=Сәлем', signature: 'a+b/c=' });
});
