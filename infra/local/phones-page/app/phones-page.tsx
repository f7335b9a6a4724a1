// The whole page: stories, taking a phone, the handsets, and beside them what happens and what the request does.
import { effect } from '@preact/signals';
import { Choices, SkipLink } from '../../../../functions/console/app/kit/choices.tsx';
import { Beside } from './beside.tsx';
import { Handset } from './handset.tsx';
import { Happenings } from './happenings.tsx';
import { cast, isConnected, taken, takesRinging } from './machine.ts';
import { Stories } from './stories.tsx';
import { TakePhone } from './take-phone.tsx';
import { words } from './words.ts';

effect(() => {
  document.title = `${words.value.title} · Pana`;
});

export function PhonesPage() {
  const { title, intro, toConsole } = words.value;
  return (
    <>
      <SkipLink />
      <header class="container-fluid top">
        <div>
          <h1>{title}</h1>
          <p class="muted intro">{intro}</p>
        </div>
        <div class="choices">
          {cast.value?.consoleUrl && (
            <a href={cast.value.consoleUrl} target="_blank" rel="noreferrer">
              {toConsole}
            </a>
          )}
          <Choices />
        </div>
      </header>
      <main class="container-fluid" id="content" tabindex={-1}>
        <Connection />
        <div class="halves">
          <div>
            <Stories />
            <Phones />
          </div>
          <aside>
            <Beside />
            <Happenings />
          </aside>
        </div>
      </main>
    </>
  );
}

function Connection() {
  if (isConnected.value === true) return null;
  const { gone, connecting } = words.value;
  return (
    <p role="status" class="notice">
      {isConnected.value === false ? gone : connecting}
    </p>
  );
}

function Phones() {
  const { take } = words.value;
  return (
    <section aria-labelledby="phones-title">
      <h2 id="phones-title">{take.title}</h2>
      <TakePhone />
      <label>
        <input
          type="checkbox"
          checked={takesRinging.value}
          onChange={event => {
            takesRinging.value = event.currentTarget.checked;
          }}
        />
        {take.takesRinging}
      </label>
      {taken.value.length === 0 ? (
        <p class="muted">{take.none}</p>
      ) : (
        <div class="handsets">
          {taken.value.map(number => (
            <Handset key={number} number={number} />
          ))}
        </div>
      )}
    </section>
  );
}
