// What stands in the table for a text that whoever reads the table must not be able to try, as a token or a number.
import type { PhoneNumber } from '../../domain/phone.ts';
import type { Deps } from './deps.ts';

/** Keyed; `of` keeps marks of one kind from being taken for those of another. */
export const markOf = ({ sealer }: Pick<Deps, 'sealer'>, of: 'page' | 'upkeep', text: string): string =>
  sealer.lookup(`${of} ${text}` as string as PhoneNumber);
