// The parameters of one REST request, read strictly. Must never ignore one it does not know: Twilio would, and a
// misspelt parameter of the product would then pass every test.
import { RestError } from './rest-answers.ts';
import { parseFilterDate } from './twilio-dates.ts';

const INVALID_PARAMETER = 20_001;
const PAGING = ['PageSize', 'Page', 'PageToken'];

export class RestParams {
  readonly #values: Readonly<Record<string, string | string[]>>;

  /** Throws for a parameter that is not in `known`, or repeated without being in `lists`. */
  constructor(
    values: Readonly<Record<string, string | string[]>>,
    known: readonly string[],
    lists: readonly string[] = [],
  ) {
    this.#values = values;
    for (const [name, value] of Object.entries(values)) {
      if (!known.includes(name)) throw invalid(`Unknown parameter '${name}'`);
      if (Array.isArray(value) && !lists.includes(name)) throw invalid(`Parameter '${name}' is given twice`);
    }
  }

  static forList(values: Readonly<Record<string, string | string[]>>, known: readonly string[]): RestParams {
    return new RestParams(values, [...known, ...PAGING]);
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return Array.isArray(value) ? value[0] : value;
  }

  list(name: string): string[] {
    const value = this.#values[name];
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [value];
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  whole(name: string, range: { otherwise: number; least: number; most: number }): number {
    const text = this.text(name);
    if (text === undefined) return range.otherwise;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < range.least || value > range.most) {
      throw invalid(`Parameter '${name}' must be a whole number from ${range.least} to ${range.most}`);
    }
    return value;
  }

  truth(name: string): boolean | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (text !== 'true' && text !== 'false') throw invalid(`Parameter '${name}' must be true or false`);
    return text === 'true';
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = allowed.find(word => word === text);
    if (found === undefined) throw invalid(`Parameter '${name}' cannot be '${text}'`);
    return found;
  }

  method(name: string): string {
    return this.oneOf(name, ['POST', 'GET']) ?? 'POST';
  }

  /** An absolute http(s) URL, or an error with the given code. */
  url(name: string, code: number): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    try {
      if (/^https?:$/.test(new URL(text).protocol)) return text;
    } catch {
      // Falls through to the one error below.
    }
    throw new RestError(400, code, `${name} is not a valid URL: ${text}`);
  }

  /** As `url`, where an empty one is none: how a setting is taken away. */
  urlOrNone(name: string, code: number): string | undefined {
    return this.text(name) === '' ? '' : this.url(name, code);
  }

  /**
   * Whether an instant passes the filters `Name`, `Name<` and `Name>` (the last two include their bound). What has not
   * come yet, as the end of a call that goes on, passes none of them.
   */
  inDates(name: string, at: number | undefined): boolean {
    const on = this.#date(name);
    const until = this.#date(`${name}<`);
    const since = this.#date(`${name}>`);
    if (at === undefined) return !on && !until && !since;
    if (on && (at < on.from || at > on.to)) return false;
    if (until && at > until.to) return false;
    return !since || at >= since.from;
  }

  filters(): [string, string][] {
    return Object.entries(this.#values).flatMap(([name, value]) =>
      PAGING.includes(name) || Array.isArray(value) ? [] : [[name, value] as [string, string]],
    );
  }

  #date(name: string): { from: number; to: number } | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const date = parseFilterDate(text);
    if (!date) throw invalid(`Parameter '${name}' is not a date: ${text}`);
    return date;
  }
}

export function invalid(message: string): RestError {
  return new RestError(400, INVALID_PARAMETER, message);
}
