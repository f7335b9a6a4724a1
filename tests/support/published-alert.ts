// An alert as whoever has subscribed receives it.

export type PublishedAlert = {
  readonly reason: string;
  readonly severity: string;
  readonly audience: string;
  readonly region: string;
  /** Whole, to look for what must not be in it. */
  readonly raw: string;
};

export function alertFrom(body: string): PublishedAlert {
  const { MessageAttributes = {} } = JSON.parse(body) as {
    MessageAttributes?: Record<string, { Value?: string }>;
  };
  const of = (name: string) => MessageAttributes[name]?.Value ?? '';
  const { reason, severity, audience, region } = {
    reason: of('reason'),
    severity: of('severity'),
    audience: of('audience'),
    region: of('region'),
  };
  return { reason, severity, audience, region, raw: body };
}
