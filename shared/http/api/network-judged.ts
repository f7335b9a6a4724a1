// A network as it would be, read and judged by the rules that every function reads it by, before it is stored.
// Must never let through what does not fit into the one item in which it stands.
import { isRefused, parseNetwork } from '../../app/network-document.ts';
import type { Network } from '../../domain/network.ts';
import { type NetworkProblem, problemsOfNetwork } from '../../domain/network-rules.ts';
import { wordingsFor } from '../../prompts/audio.ts';

/** An item of the table has 400 KB. Asked when it is written alone: what is stored is read whatever its size. */
const BYTES_AT_MOST = 350_000;

export function judged(candidate: unknown): Network | { readonly problems: readonly NetworkProblem[] } {
  const network = parseNetwork(candidate);
  if (isRefused(network)) return network;
  const isTooMuch = Buffer.byteLength(JSON.stringify(network)) > BYTES_AT_MOST;
  const problems = [
    ...problemsOfNetwork(network, wordingsFor(network)),
    ...(isTooMuch ? [{ path: '', problem: 'makes the network more than is kept of one: write less' }] : []),
  ];
  return problems.length > 0 ? { problems } : network;
}
