// A volunteer's own page as HTML: no script, no picture, nothing from elsewhere, so that an old phone shows it and nobody
// else hears of it. Must never show a number, or anybody else's name.
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { Occurrence } from '../../domain/occurrence.ts';
import type { Swap } from '../../domain/swap.ts';
import type { ShiftLine } from '../../domain/wording.ts';
import type { PageWords } from '../../prompts/page-words.ts';

const STYLE =
  'body{font:1.1em sans-serif;max-width:34em;margin:0 auto;padding:.5em}li{margin:.8em 0}button{font:inherit;padding:.4em .8em;margin:.2em 0}form{display:inline}';

/** Its own style alone, and forms to itself. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export type OwnShift = {
  readonly occurrence: Occurrence;
  readonly line: ShiftLine;
  /** Null: she has not given it away. */
  readonly swap: Swap | null;
  /** What is offered for it. */
  readonly inReturn: ShiftLine | null;
};
export type OpenShift = { readonly swap: Swap; readonly line: ShiftLine };

export type Page = {
  readonly language: string;
  readonly words: PageWords;
  readonly weekdays: readonly string[];
  readonly duty: 'on' | 'off' | 'paused';
  /** What became of what she did last; null: she has just come. */
  readonly said: string | null;
  readonly own: readonly OwnShift[];
  readonly open: readonly OpenShift[];
  readonly asksCode: boolean;
};

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

export function pageHtml(page: Page): Html {
  const { words, said, own, open } = page;
  return framed(
    page.language,
    words.title,
    html`<h1>${words.title}</h1>
${said === null ? '' : html`<p role="status"><strong>${said}</strong></p>`}
${dutyPart(page)}
${page.asksCode ? codePart(words) : ''}
<h2>${words.next}</h2>
${own.length === 0 ? html`<p>${words.none}</p>` : html`<ul>${own.map(each => ownItem(page, each))}</ul>`}
<h2>${words.open}</h2>
${open.length === 0 ? html`<p>${words.none}</p>` : html`<ul>${open.map(each => openItem(page, each))}</ul>`}
<hr>${button('close', words.close)}`,
  );
}

export function shutHtml(sentences: readonly string[]): Html {
  return framed('ru', '', html`${sentences.map(each => html`<p>${each}</p>`)}`);
}

function framed(language: string, title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex,nofollow"><title>${title}</title>${styled}</head><body>${body}</body></html>`;
}
const styled = html`<style>${raw(STYLE)}</style>`;

type Fields = Readonly<Record<string, string>>;

/** One act. To the address of the page itself, which nobody else knows. */
function button(act: string, label: string, fields: Fields = {}): Html {
  return html`<form method="post">${hidden({ act, ...fields })}<button>${label}</button></form> `;
}

const hidden = (fields: Fields): Html =>
  html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;

function dutyPart({ words, duty }: Page): Html {
  return html`<p>${words.now[duty]}</p><p>${button('on', words.be.on)}${button('off', words.be.off)}${button('break', words.be.pause)}</p>`;
}

const codePart = (words: PageWords): Html =>
  html`<form method="post">${hidden({ act: 'code' })}<label>${words.confirm} <input name="code" inputmode="numeric" autocomplete="off" maxlength="6"></label> <button>${words.send}</button></form>`;

function ownItem(page: Page, { occurrence, line, swap, inReturn }: OwnShift): Html {
  const { words } = page;
  const shift = shiftField(occurrence);
  if (swap === null)
    return html`<li>${when(page, line)}<br>${button('give', words.cannotCome, { shift })}${button('ill', words.ill, { shift })}</li>`;
  const id = { swap: swap.id };
  const offered =
    inReturn === null
      ? ''
      : html`<br>${words.state.offered} ${when(page, inReturn)}<br>${button('agree', words.agree, id)}${button('refuse', words.refuse, id)}`;
  return html`<li>${when(page, line)}<br>${stateOf(words, swap)}${offered}<br>${button('keep', words.comeAfterAll, id)}</li>`;
}

function stateOf({ state: said }: PageWords, { state, isAway }: Swap): string {
  if (state.kind === 'needs-approval') return said.waits;
  return isAway ? said.away : said.asked;
}

function openItem(page: Page, { swap, line }: OpenShift): Html {
  const { words, own } = page;
  const mine = own.filter(each => each.swap === null);
  return html`<li>${when(page, line)}<form method="post">${hidden({ act: 'take', swap: swap.id })}<br>
${
  mine.length === 0
    ? ''
    : html`<label>${words.inReturn} <select name="return"><option value="">${words.nothing}</option>${mine.map(
        each => html`<option value="${shiftField(each.occurrence)}">${when(page, each.line)}</option>`,
      )}</select></label> `
}<button>${words.take}</button></form></li>`;
}

export const shiftField = ({ shiftId, date }: Occurrence): string => `${shiftId} ${date}`;

function when({ weekdays }: Page, { weekday, date, from, until }: ShiftLine): string {
  const [, month, day] = date.split('-');
  return `${weekdays[weekday - 1]} ${day}.${month} ${clock(from)}–${clock(until)}`;
}

function clock(minuteOfDay: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}
