// Of which commit a run tells.
import { execFileSync } from 'node:child_process';

/** Short; `unknown` where the project stands without its history. */
export function commitNow(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
