// What one leg in a room is told while it stays there. Only reads: being fetched twice changes nothing.
import { voiceTwiml } from '../adapters/twilio/twiml.ts';
import type { Context } from '../app/context.ts';
import { parseCounter } from '../app/paths.ts';
import { parseRequestId } from '../domain/ids.ts';
import { nobodyComes } from '../domain/joining.ts';
import { speak } from './answer.ts';
import { answered, xml } from './lambda.ts';
import type { SignedContext } from './signed.ts';

export async function told(c: SignedContext, { ports, publicBase }: Context): Promise<Response> {
  const requestId = parseRequestId(c.req.param('requestId') ?? '');
  const seq = parseCounter(c.req.param('seq') ?? '');
  if (requestId === null || seq === null) return answered(null, 404);
  const { request } = await ports.requests.load(requestId, null);
  if (request === null) return answered(null, 404);
  const network = await ports.networks.network();
  const { language, say } = nobodyComes(request, seq === 0 ? null : seq, network);
  const speech = await speak(language, say, network, ports.log);
  return answered(voiceTwiml({ kind: 'tell', speech }, publicBase), 200, xml);
}
