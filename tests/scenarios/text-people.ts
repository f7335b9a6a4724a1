// Beginnings that many text scenarios share: somebody writes and says that it is a good time; somebody takes it.
import type { Handset } from '../support/handset.ts';
import { plainLine } from '../support/small-network.ts';

type TextLine = { readonly number: string; readonly whatsappNumber: string | null };

/** On a line that asks nothing: her first words wait for whoever takes it. */
export async function isSearchedFor(survivor: Handset, firstWords: string): Promise<void> {
  await survivor.writes(plainLine, firstWords);
  await survivor.reads({ text: 'safe-question' });
  await survivor.writes(plainLine, '1');
  await survivor.reads({ text: 'searching' });
}

/** The offer is taken by its code; what she has written so far comes after it, in its order. */
export async function takesByText(
  helper: Handset,
  survivor: Handset,
  words: readonly string[],
  line: TextLine = plainLine,
): Promise<void> {
  const code = await helper.readsOffer(30);
  await helper.writes(line, code);
  await helper.reads({ text: 'accepted' });
  for (const each of words) await helper.reads(each);
  await survivor.reads({ text: 'here-now' });
}

export async function areTalking(survivor: Handset, helper: Handset): Promise<void> {
  await isSearchedFor(survivor, 'Здравствуйте');
  await takesByText(helper, survivor, ['Здравствуйте']);
}

/** The volunteer ends it: she reads nothing of that. */
export async function isDone(helper: Handset, line: TextLine = plainLine): Promise<void> {
  await helper.writes(line, '90');
  await helper.reads({ text: 'closed' });
}
