// The last words of a conversation that could not be sent at once. They are for the helper of that conversation, and
// never fall into her next one.
import { expect, test } from 'vitest';
import { handleEvent } from '../../shared/app/handle-event.ts';
import type { Ports, Sent } from '../../shared/app/ports.ts';
import { receiveText } from '../../shared/app/receive-text.ts';
import { type MessageSid, type RequestId, requestIdOf } from '../../shared/domain/ids.ts';
import { parseAddress } from '../../shared/domain/phone.ts';
import { liveOffers } from '../../shared/domain/request.ts';
import { useEngine } from '../support/engine.ts';
import { looked, messageSid, sure, survivor } from '../support/given.ts';
import { plainLine, volunteer } from '../support/small-network.ts';
import { openShell, type Shell } from './shell.ts';

const engine = useEngine();
const aigul = volunteer('aigul', 11);
const other = '+77995550002';

/** What was written to whom; while `fails` is set, a text that says so can not be sent just now. */
async function openTexts() {
  const sent: string[] = [];
  const trouble = { fails: null as string | null };
  const text: Ports['telephone']['text'] = async ({ to, body }): Promise<Sent<MessageSid>> => {
    if (body === trouble.fails) return { outcome: 'temporary' };
    sent.push(`${to} ${body}`);
    return { outcome: 'done', sid: messageSid(900 + sent.length) };
  };
  const shell = await openShell(engine, [aigul], ({ telephone }) => ({ telephone: { ...telephone, text } }));
  return { shell, sent, trouble };
}

let serial = 0;
async function writes(shell: Shell, from: string, body: string): Promise<MessageSid> {
  serial += 1;
  const sid = messageSid(serial);
  const address = sure(parseAddress(from));
  const known = { messageSid: sid, line: plainLine, hasMedia: false, webhookId: sid, writtenAt: null };
  await receiveText(shell.ports, { ...known, from: address, body });
  return sid;
}

/** She writes, says that it is a good time, and Aigul takes it. */
async function conversation(shell: Shell, from: string) {
  const requestId = requestIdOf(await writes(shell, from, 'Здравствуйте'));
  await writes(shell, from, '1');
  const { request } = await shell.stores.requests.load(requestId, null);
  await writes(shell, aigul.number, sure(liveOffers(sure(request))[0]?.code));
  return requestId;
}

async function look(shell: Shell, requestId: RequestId) {
  shell.pass(20);
  return handleEvent(shell.ports, { requestId, event: looked, webhookId: null });
}

const lastWords = 'подождите, он вернулся';
const reached = `${aigul.number} ${lastWords}`;

async function endsWithWordsUnsent() {
  const world = await openTexts();
  const requestId = await conversation(world.shell, survivor);
  world.trouble.fails = lastWords;
  await writes(world.shell, survivor, lastWords);
  await writes(world.shell, aigul.number, '90');
  return { ...world, requestId };
}

test('reach her as long as she has no other conversation', async () => {
  const { shell, sent, trouble, requestId } = await endsWithWordsUnsent();
  trouble.fails = null;
  await look(shell, requestId);
  expect(sent).toContain(reached);
});

test('are left when she talks with somebody else by then', async () => {
  const { shell, sent, trouble, requestId } = await endsWithWordsUnsent();
  await conversation(shell, other);
  trouble.fails = null;
  const { request } = await look(shell, requestId);
  expect(sent).not.toContain(reached);
  expect(request).toMatchObject({ outbox: [], private: { texts: {} } });
});
