// What the REST API answers with: errors and lists in Twilio's shapes. Must never leave out a field of the documented
// shape, nor add one: every answer is held against the OpenAPI document by the tests.
import type { RestParams } from './rest-params.ts';

export interface RestAnswer {
  status: number;
  body: unknown;
}

export class RestError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  answer(): RestAnswer {
    return {
      status: this.status,
      body: {
        code: this.code,
        message: this.message,
        more_info: `https://www.twilio.com/docs/errors/${this.code}`,
        status: this.status,
      },
    };
  }
}

export function notFound(path: string): RestError {
  return new RestError(404, 20_404, `The requested resource ${path} was not found`);
}

/** One page of a list, with the links to the others. */
export function page<T>(
  key: string,
  path: string,
  params: RestParams,
  all: readonly T[],
  toJson: (item: T) => unknown,
): RestAnswer {
  const size = params.whole('PageSize', { otherwise: 50, least: 1, most: 1000 });
  const number = params.whole('Page', { otherwise: 0, least: 0, most: 1_000_000 });
  const start = number * size;
  const items = all.slice(start, start + size);
  const link = (n: number) => {
    const query = new URLSearchParams(params.filters());
    query.set('PageSize', String(size));
    query.set('Page', String(n));
    if (n > 0) query.set('PageToken', `PA${n}`);
    return `${path}?${query}`;
  };
  return {
    status: 200,
    body: {
      [key]: items.map(toJson),
      first_page_uri: link(0),
      end: start + Math.max(0, items.length - 1),
      next_page_uri: start + size < all.length ? link(number + 1) : null,
      page: number,
      page_size: size,
      previous_page_uri: number > 0 ? link(number - 1) : null,
      start,
      uri: link(number),
    },
  };
}
