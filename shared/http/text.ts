// The text webhook, SMS and WhatsApp alike. Answers nothing by itself: every text goes out through the outbox,
// where the rules about what may be sent are kept.
import { Hono } from 'hono';
import { parseText } from '../adapters/twilio/inbound.ts';
import { emptyTwiml } from '../adapters/twilio/twiml.ts';
import type { Context } from '../app/context.ts';
import { faultOf } from '../app/fault.ts';
import { routes } from '../app/paths.ts';
import { receiveText } from '../app/receive-text.ts';
import { lineByNumber } from '../domain/network.ts';
import { answered, xml } from './lambda.ts';
import { type SignedEnv, signed } from './signed.ts';

export function textApp(context: Context): Hono<SignedEnv> {
  const app = new Hono<SignedEnv>();
  app.use('*', signed(context));
  app.post(routes.textIncoming, async c => {
    const text = parseText(c.get('params'), context.accountSid);
    const line = text && lineByNumber(await context.ports.networks.network(), text.to);
    if (!line) {
      context.ports.log.warn('malformed-webhook', { route: routes.textIncoming });
      return answered(null, 400);
    }
    await receiveText(context.ports, { ...text, line, webhookId: text.messageSid, writtenAt: null });
    return answered(emptyTwiml, 200, xml);
  });
  app.onError(error => {
    context.ports.log.error('text-failed', { fault: faultOf(error) });
    return answered(null, 500); // Twilio tries again when the number's URL asks it to (#rc)
  });
  return app;
}
