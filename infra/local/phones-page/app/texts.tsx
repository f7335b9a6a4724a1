// The texts of one phone: what came, what was written, and writing to a line by SMS or WhatsApp.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Does } from './handset.tsx';
import { cast } from './machine.ts';
import { lineName } from './people.ts';
import type { TextLine } from './phone-state.ts';
import { words } from './words.ts';

type TextsProps = { readonly texts: readonly TextLine[]; readonly does: Does; readonly number: string };

export function Texts({ texts, does, number }: TextsProps) {
  const list = useRef<HTMLOListElement>(null);
  const { handset } = words.value;
  // The newest is the one to see.
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [texts]);
  return (
    <details class="texts" open={texts.length > 0}>
      <summary>
        {handset.texts}
        {texts.length > 0 && ` (${texts.length})`}
      </summary>
      {texts.length === 0 ? (
        <p class="muted">{handset.noTexts}</p>
      ) : (
        <ol class="plain thread" ref={list} aria-label={handset.texts} aria-live="polite" tabindex={0}>
          {texts.map(({ sid, isMine, body }) => (
            <li key={sid} class={isMine ? 'mine' : 'theirs'}>
              {body}
            </li>
          ))}
        </ol>
      )}
      <Write does={does} answerTo={texts.findLast(({ isMine }) => !isMine)?.with ?? null} number={number} />
    </details>
  );
}

type WriteProps = { readonly does: Does; readonly answerTo: string | null; readonly number: string };

function Write({ does, answerTo, number }: WriteProps) {
  const [chosen, choose] = useState<string | null>(null);
  const [body, write] = useState('');
  const field = useId();
  const { handset } = words.value;
  const addresses = (cast.value?.lines ?? []).flatMap(line => [
    ...(line.whatsappNumber === null
      ? []
      : [{ to: `whatsapp:${line.whatsappNumber}`, name: `WhatsApp · ${lineName(line)}` }]),
    { to: line.number, name: `SMS · ${lineName(line)}` },
  ]);
  const to = chosen ?? answerTo ?? addresses[0]?.to ?? '';
  const send = async (event: Event) => {
    event.preventDefault();
    if (body.trim() === '') return;
    await does('text', { to, body });
    write('');
  };
  return (
    <form onSubmit={send} aria-label={`${handset.write}: ${number}`}>
      <select aria-label={handset.to} value={to} onChange={event => choose(event.currentTarget.value)}>
        {addresses.map(each => (
          <option key={each.to} value={each.to}>
            {each.name}
          </option>
        ))}
      </select>
      {/* biome-ignore lint/a11y/useSemanticElements: Pico's group of a field and its button */}
      <div role="group">
        <input
          id={field}
          aria-label={handset.write}
          value={body}
          autocomplete="off"
          onInput={event => write(event.currentTarget.value)}
        />
        <button type="submit">{handset.send}</button>
      </div>
    </form>
  );
}
