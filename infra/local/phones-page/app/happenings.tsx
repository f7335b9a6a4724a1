// What happens on the network, the newest first, by name.
// Must never be taken for what anybody on it knows: only whoever runs the machine sees all phones.
import { timeOfDay } from '../../../../functions/console/app/kit/days.ts';
import type { ExchangeEvent } from '../../exchange/exchange.ts';
import { happened } from './machine.ts';
import { nameOf } from './people.ts';
import { words } from './words.ts';

export function Happenings() {
  const { happens } = words.value;
  const told = [...happened.value].reverse().flatMap(event => {
    const sentence = sentenceOf(event);
    return sentence === null ? [] : [{ event, sentence }];
  });
  return (
    <section aria-labelledby="happens-title">
      <h2 id="happens-title">{happens.title}</h2>
      {told.length === 0 && <p class="muted">{happens.nothing}</p>}
      <ol class="plain happenings" tabindex={0} aria-labelledby="happens-title">
        {told.map(({ event, sentence }) => (
          <li key={event.seq}>
            <time class="muted">{timeOfDay(event.at)}</time> {sentence}
          </li>
        ))}
      </ol>
    </section>
  );
}

function sentenceOf(event: ExchangeEvent): string | null {
  const { happens } = words.value;
  switch (event.type) {
    case 'dialled':
      return happens.dialled(nameOf(event.phone), event.line);
    case 'rang':
      return happens.rang(nameOf(event.phone));
    case 'rang-out':
      return happens.rangOut(nameOf(event.phone));
    case 'answered':
      return happens.answered(nameOf(event.phone));
    case 'pressed':
      return happens.pressed(nameOf(event.phone), event.digits);
    case 'hung-up':
      return event.by === 'phone' ? happens.hungUp(nameOf(event.phone)) : happens.ended(nameOf(event.phone));
    case 'conference-started':
      return happens.together(event.with.map(nameOf).join(happens.and));
    case 'text-written':
      return happens.written(nameOf(event.phone));
    case 'text-received':
      return happens.received(nameOf(event.phone));
    case 'text-status':
      return event.errorCode === undefined ? null : happens.undelivered(nameOf(event.phone));
    case 'error':
      return event.message;
    default:
      return null;
  }
}
