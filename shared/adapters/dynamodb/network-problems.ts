// Whether a network may be stored: its shape, and the rules without which a survivor could be stranded.
// For whoever writes or audits one; reading needs the shape alone. Must never be loaded on the way to a ring.
import { isRefused, parseNetwork } from '../../app/network-document.ts';
import { type NetworkProblem, problemsOfNetwork } from '../../domain/network-rules.ts';

/** Whether all words are there is checked before, by whoever knows the catalogs and the recordings. */
const wordsAreChecked = { prompts: () => true, audioFor: () => [], naming: () => [] };

/** Empty when every function could read and use it. */
export function problemsWhenRead(document: unknown): readonly NetworkProblem[] {
  const network = parseNetwork(document);
  return isRefused(network) ? network.problems : problemsOfNetwork(network, wordsAreChecked);
}
