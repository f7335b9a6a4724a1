// Runs in every test file, before anything of the product is loaded: listens at what goes to AWS and at lines of the log
// that go to the output. A test fails in which anything personal was heard there, or wherever else it was overheard.
import http from 'node:http';
import { afterEach, expect } from 'vitest';
import { overhear, takeLeaks } from './overheard.ts';

// Test files run one after the other in the same process: what listens already is not wrapped again.
const here = globalThis as { panaListens?: true };
if (!here.panaListens) {
  here.panaListens = true;
  listenToAws();
  listenToOutput();
}

afterEach(() => {
  expect(takeLeaks(), 'something personal was overheard').toEqual([]);
});

/** Queue, topic and table alike: every request of AWS's own client, with its address. */
function listenToAws(): void {
  const prototype = http.ClientRequest.prototype as http.ClientRequest;
  for (const method of ['write', 'end'] as const) {
    const original = prototype[method] as (...args: unknown[]) => unknown;
    const listening = function (this: http.ClientRequest, ...args: unknown[]): unknown {
      const [chunk] = args;
      const isAws = String(this.getHeader('user-agent') ?? '').includes('aws-sdk-js');
      const isBody = typeof chunk === 'string' || chunk instanceof Uint8Array;
      if (isAws && isBody) overhear(`to AWS: ${this.path}`, `${this.path} ${Buffer.from(chunk).toString()}`);
      return original.apply(this, args);
    };
    Object.assign(prototype, { [method]: listening });
  }
}

function listenToOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const original = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    const listening = (...args: unknown[]): boolean => {
      const text = String(args[0]);
      if (/"level":"\w+","event":/.test(text)) overhear('a line of the log', text);
      return original(...args);
    };
    stream.write = listening as typeof stream.write;
  }
}
