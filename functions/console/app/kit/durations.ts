// Lengths of time as a clock shows them: `0:45`, `12:05`, `1:02:05`.
export function clockOf(seconds: number): string {
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    String(Math.floor(seconds) % 60).padStart(2, '0'),
  ];
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, '0')}:${rest}`;
}
