// Dates as Twilio writes and reads them. Must never depend on the machine's own time zone.

/** `Thu, 30 Jul 2015 20:12:31 +0000` */
export function rfc2822(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000');
}

/** A day (`2026-01-31`) or an instant in ISO form; undefined when it is neither. */
export function parseFilterDate(text: string): { from: number; to: number } | undefined {
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || !/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  return /^\d{4}-\d\d-\d\d$/.test(text) ? { from: ms, to: ms + 86_399_999 } : { from: ms, to: ms + 999 };
}
