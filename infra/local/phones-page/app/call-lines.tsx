// What is heard in a call, to be read: the words of the line and of its recordings, and the keys that were pressed.
import { useEffect, useRef } from 'preact/hooks';
import { cast } from './machine.ts';
import type { CallLine } from './phone-state.ts';
import { words } from './words.ts';

export function CallLines({ lines }: { readonly lines: readonly CallLine[] }) {
  const list = useRef<HTMLOListElement>(null);
  const { handset } = words.value;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines]);
  if (lines.length === 0) return null;
  return (
    <ol class="plain heard" ref={list} aria-label={handset.heard} aria-live="polite" tabindex={0}>
      {lines.map((line, index) => (
        <li
          key={index}
          class={line.kind}
          lang={line.kind === 'pressed' ? undefined : line.language.slice(0, 2)}
        >
          {textOf(line)}
        </li>
      ))}
    </ol>
  );
}

function textOf(line: CallLine): string {
  const { handset } = words.value;
  if (line.kind === 'pressed') return `→ ${handset.pressed(line.key)}`;
  if (line.kind === 'say') return line.text;
  return cast.value?.recorded[line.clip] ?? `${handset.recording} ${line.clip}`;
}
