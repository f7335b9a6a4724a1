// Chance from the operating system, so that a text code can not be foretold from earlier ones.
import { randomBytes } from 'node:crypto';
import type { Random } from '../../app/ports.ts';

const BYTES = 6;

export const systemRandom: Random = () => randomBytes(BYTES).readUIntBE(0, BYTES) / 256 ** BYTES;
