// Texts that people write to a line: recorded, told to the product, and, when the carrier's stop words are on, opted
// out or in on the way. Must never answer a person: only the product does, over REST.
import type { Network } from './network.ts';
import type { Phone } from './phone.ts';
import { TextMessage } from './text-message.ts';
import { TwimlError } from './twiml-document.ts';
import { inboundTextParams } from './webhook-params.ts';
import { parseXml, XmlError } from './xml.ts';

const STOP_WORDS = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'];
const START_WORDS = ['START', 'UNSTOP', 'YES'];
const HELP_WORDS = ['HELP', 'INFO'];

export function writeText(
  network: Network,
  phone: Phone,
  to: string,
  body: string,
  media: readonly string[],
): { sid: string; deliver: () => Promise<void> } {
  const line = network.lines.get(to);
  if (!line) throw new Error(`${to} is none of this exchange's lines`);
  const from = to.startsWith('whatsapp:') ? `whatsapp:${phone.number}` : phone.number;
  const message = new TextMessage({
    sid: network.sids.next(media.length > 0 ? 'MM' : 'SM'),
    direction: 'inbound',
    from,
    to,
    body,
    media,
    createdAt: network.now(),
    validitySeconds: 0,
    status: 'received',
  });
  message.sentAt = network.now();
  network.noteWritten(from, to);
  network.messages.push(message);
  network.feed.emit({ type: 'text-written', phone: phone.number, messageSid: message.sid, to, body });
  const optOutType = network.carrierStopWords ? carrierWord(network, message) : undefined;
  const deliver = async () => {
    if (!line.smsUrl || line.smsApplicationSid) return;
    const params = inboundTextParams(network, message, optOutType);
    const reply = await network.post.send({
      kind: 'text',
      url: line.smsUrl,
      method: line.smsMethod ?? 'POST',
      params,
      sid: message.sid,
    });
    const about = { sid: message.sid, url: line.smsUrl };
    if (!reply.ok) network.fail(reply.code, reply.message, { ...about, injected: reply.injected });
    else checkReply(network, reply.body, about);
  };
  return { sid: message.sid, deliver };
}

function carrierWord(network: Network, message: TextMessage): string | undefined {
  const word = message.body.trim().toUpperCase();
  if (STOP_WORDS.includes(word)) {
    network.optOut(message.from, message.to);
    return 'STOP';
  }
  if (START_WORDS.includes(word)) {
    network.optIn(message.from, message.to);
    return 'START';
  }
  return HELP_WORDS.includes(word) ? 'HELP' : undefined;
}

// The product answers texts over REST; TwiML that would send one is a mistake here, and it must be seen.
function checkReply(network: Network, body: string, about: { sid: string; url: string }): void {
  if (body.trim() === '') return;
  try {
    const root = parseXml(body);
    if (root.name !== 'Response') throw new TwimlError(12_101, `the root element is <${root.name}>`);
    const [first] = root.children;
    if (first) throw new TwimlError(12_200, `<${first.name}> in the reply to a text`);
  } catch (error) {
    if (error instanceof TwimlError) network.fail(error.code, error.message, about);
    else if (error instanceof XmlError) network.fail(12_100, error.message, about);
    else throw error;
  }
}
