// What goes out by WhatsApp: the words while the other side has written within a day, a template afterwards, or nothing.
// Asked at the last moment. Must never send words that the network would drop without a word to whoever wrote them.
import type { Action } from '../domain/action.ts';
import type { LanguageId } from '../domain/ids.ts';
import type { Line } from '../domain/network.ts';
import { type Address, isWhatsapp } from '../domain/phone.ts';
import { type Template, templateFor, windowOf } from '../domain/whatsapp-window.ts';
import type { Ports } from './ports.ts';

export type Content =
  | { readonly body: string; readonly template: null }
  | { readonly body: null; readonly template: Template };

/** Null: nothing may be sent now. Of somebody who has never written, without a template, the network is asked. */
export async function contentFor(
  ports: Ports,
  line: Line,
  to: Address,
  text: { readonly body: string; readonly action: Action | null; readonly language: LanguageId },
): Promise<Content | null> {
  const words: Content = { body: text.body, template: null };
  if (!isWhatsapp(to)) return words;
  const window = windowOf(await ports.directory.lastWroteAt(to, line.id), ports.clock.now());
  if (window === 'open') return words;
  const template = text.action && templateFor(text.action, text.language, line);
  if (template !== null) return { body: null, template };
  return window === 'closed' ? null : words;
}
