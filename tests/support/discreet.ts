// Every text that a survivor's phone received in a scenario, held against the rule of discretion. What a helper wrote
// herself is hers to answer for and is left out; every word of ours is looked at. Must never know which text was meant.
import type { ExchangeEvent } from '../../infra/local/exchange/events.ts';
import { holdsName } from '../../shared/domain/spelling.ts';
import { discretionOfAny } from '../../shared/prompts/discretion.ts';

/** What would have given a survivor away, by text; empty after every scenario. */
export function indiscreetTexts(
  events: readonly ExchangeEvent[],
  helpers: ReadonlySet<string>,
  organisationNames: readonly string[],
): readonly string[] {
  const written = events.flatMap(event =>
    event.type === 'text-written' && helpers.has(event.phone) ? [event.body] : [],
  );
  const isRelayed = (body: string) => written.some(words => words.includes(body));
  return events.flatMap(event => {
    if (event.type !== 'text-received' || helpers.has(event.phone) || isRelayed(event.body)) return [];
    const problems = [
      ...discretionOfAny(event.body),
      ...organisationNames.filter(name => holdsName(event.body, name)),
    ];
    return problems.length > 0 ? [`${event.body}: ${JSON.stringify(problems)}`] : [];
  });
}
