// The time of this machine. Nothing in the domain reads it: it is told the instant.
import type { Clock } from '../../app/ports.ts';
import { instant } from '../../domain/instant.ts';

export const systemClock: Clock = { now: () => instant(Date.now()) };
