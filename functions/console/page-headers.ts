// What a browser is allowed to do on our pages: run and fetch what is ours, and nothing else.
// Must never name a host that somebody else runs, except the issuer that people sign in with.

type Origins = {
  /** Where the page may fetch from, besides its own origin. */
  readonly connect?: readonly string[];
  /** Where it may play recordings from. */
  readonly media?: readonly string[];
};

export function pageHeaders({ connect = [], media = [] }: Origins): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // The looks bring small pictures within their own style sheet.
    "img-src 'self' data:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    ...(media.length === 0 ? [] : [`media-src ${media.join(' ')}`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}
