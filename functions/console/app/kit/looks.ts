// Light, dark, or as the device has it.
// Must never be decided by a script in the page itself: a strict policy allows none.
import { effect, signal } from '@preact/signals';

export const looksKnown = ['auto', 'light', 'dark'] as const;
export type Looks = (typeof looksKnown)[number];

const KEPT_AS = 'pana-looks';

export const looks = signal<Looks>(looksKnown.find(each => each === localStorage.getItem(KEPT_AS)) ?? 'auto');

effect(() => {
  localStorage.setItem(KEPT_AS, looks.value);
  if (looks.value === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', looks.value);
});
