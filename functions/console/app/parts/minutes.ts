// Minutes after midnight as a clock shows them, and back. Must never take a time that is not whole for midnight: it is NaN,
// which the API refuses at its field.
const two = (count: number): string => String(count).padStart(2, '0');

/** `22:30` of 1350; empty where there is no time. */
export const clockOf = (minute: number): string =>
  Number.isFinite(minute) ? `${two(Math.floor(minute / 60))}:${two(minute % 60)}` : '';

export const minuteOf = (clock: string): number =>
  clock === '' ? Number.NaN : Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
