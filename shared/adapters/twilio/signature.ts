// Whether a webhook is Twilio's own, and its form fields if it is.
// Must never trust a header for the address it was sent to, nor load the REST client: every ring waits for this.
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

/** The form fields of a webhook: exactly one value each, empty ones kept. */
export type Params = Readonly<Record<string, string>>;

export type SignedRequest = {
  /** As it stood in the request line, without the query. */
  readonly path: string;
  /** Without the question mark; must be empty, for we never give Twilio an address with one. */
  readonly query: string;
  readonly body: string;
  /** `X-Twilio-Signature`. */
  readonly signature: string | null;
};

export type SigningSecrets = {
  readonly publicBase: string;
  /** Current, and during rotation a second one. */
  readonly authTokens: readonly string[];
};

// Ten times the largest webhook: 1,600 Cyrillic letters and ten media addresses.
const BODY_AT_MOST = 128 * 1024;

/** The fields when one of the tokens has signed them for this address; else null. */
export function readSigned(request: SignedRequest, secrets: SigningSecrets): Params | null {
  const { path, query, body, signature } = request;
  if (!signature || query !== '' || !isExactPath(path) || body.length > BODY_AT_MOST) return null;
  const params = parseForm(body);
  if (!params) return null;
  const url = `${secrets.publicBase}${path}`;
  return isSigned({ url, params, signature, authTokens: secrets.authTokens }) ? params : null;
}

/** The library compares in constant time. */
export function isSigned(signed: {
  readonly url: string;
  readonly params: Params;
  readonly signature: string;
  readonly authTokens: readonly string[];
}): boolean {
  return signed.authTokens.some(token => validateRequest(token, signed.signature, signed.url, signed.params));
}

/**
 * Null when a key comes twice: the signature has no delimiters, so that two values and one can read the same.
 */
export function parseForm(body: string): Params | null {
  const entries = [...new URLSearchParams(body)];
  return new Set(entries.map(([key]) => key)).size === entries.length ? Object.fromEntries(entries) : null;
}

// The library also tries what `new URL` makes of the address; a path that reads only one way leaves it no choice.
function isExactPath(path: string): boolean {
  return /^(\/[\w-]+)+$/.test(path);
}
