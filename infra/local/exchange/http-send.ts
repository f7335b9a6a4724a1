// One HTTP request over a connection of its own: a product restarted on the same port must not meet a stale
// keep-alive socket. Must never throw: every failure is one of the outcomes.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { DeliveryOutcome } from './books.ts';

export interface HttpSend {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  connectMs: number;
  totalMs: number;
}

export interface HttpResult {
  outcome: DeliveryOutcome;
  status?: number;
  contentType?: string;
  body?: string;
}

// Twilio's own limit on a TwiML document is 64 kB; far beyond it something is wrong.
const LONGEST_REPLY = 1_000_000;

export function httpSend(send: HttpSend): Promise<HttpResult> {
  return new Promise(resolve => {
    let url: URL;
    try {
      url = new URL(send.url);
    } catch {
      resolve({ outcome: 'connection-failed' });
      return;
    }
    const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = open(url, { method: send.method, headers: send.headers, agent: false });
    let connected = false;
    const finish = (result: HttpResult) => {
      clearTimeout(connectTimer);
      clearTimeout(totalTimer);
      resolve(result);
      request.destroy();
    };
    const connectTimer = setTimeout(() => {
      if (!connected) finish({ outcome: 'connection-failed' });
    }, send.connectMs);
    const totalTimer = setTimeout(() => finish({ outcome: 'timed-out' }), send.totalMs);
    request.on('socket', socket =>
      socket.on('connect', () => {
        connected = true;
      }),
    );
    request.on('error', () => finish({ outcome: 'connection-failed' }));
    request.on('response', response => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= LONGEST_REPLY) chunks.push(chunk);
      });
      response.on('error', () => finish({ outcome: 'connection-failed' }));
      response.on('end', () =>
        finish({
          outcome: 'answered',
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.end(send.body);
  });
}
