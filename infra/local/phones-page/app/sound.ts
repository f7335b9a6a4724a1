// The ear of one phone: recordings are played, and what the line would say is spoken by the browser.
// Must never play two phones at once: nobody could tell who hears what.
import { signal } from '@preact/signals';
import type { ExchangeEvent } from '../../exchange/exchange.ts';

export const listeningTo = signal<string | null>(null);

let playing: HTMLAudioElement | null = null;

export function listenTo(number: string | null): void {
  silence();
  listeningTo.value = number;
}

/** An event of any phone, just now. */
export function soundOf(event: ExchangeEvent): void {
  if (!('phone' in event) || event.phone !== listeningTo.value) return;
  if (event.type === 'interrupted' || event.type === 'hung-up') silence();
  if (event.type !== 'heard') return;
  const { kind, text, url, language } = event.heard;
  silence();
  if (kind === 'play' && url !== undefined) play(url);
  if (kind === 'say' && text !== undefined) speak(text, language ?? 'ru');
}

function play(url: string): void {
  playing = new Audio(url);
  // A browser lets nothing sound before somebody has touched the page; the words can be read all the same.
  playing.play().catch(() => undefined);
}

function speak(text: string, language: string): void {
  if (!('speechSynthesis' in window)) return;
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = language;
  window.speechSynthesis.speak(spoken);
}

function silence(): void {
  playing?.pause();
  playing = null;
  if ('speechSynthesis' in window) window.speechSynthesis.cancel();
}
