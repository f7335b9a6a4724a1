// What may be written down of an unexpected fault: its kind. Never its message, which may quote a number.

export function faultOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
