// The three stories: a button each, and what became of the last one.
import { useState } from 'preact/hooks';
import type { StoryName } from '../../demo/stories.ts';
import { cast, played, playStory } from './machine.ts';
import { words } from './words.ts';

const names: readonly StoryName[] = ['call', 'text', 'nobody'];

export function Stories() {
  const [refused, refuse] = useState<string | null>(null);
  const { stories } = words.value;
  return (
    <section aria-labelledby="stories-title">
      <h2 id="stories-title">{stories.title}</h2>
      <p class="muted">{cast.value?.hasStories === false ? stories.missing : stories.about}</p>
      <ol class="plain stories">
        {names.map(name => (
          <li key={name}>
            <button
              type="button"
              class="outline"
              disabled={played.value[name]?.state === 'playing' || cast.value?.hasStories !== true}
              onClick={async () => refuse(await playStory(name))}
            >
              <span aria-hidden="true">▶ </span>
              {stories.names[name]}
            </button>
            <StoryResult name={name} />
          </li>
        ))}
      </ol>
      {refused !== null && (
        <p role="alert" class="bad">
          {refused}
        </p>
      )}
    </section>
  );
}

function StoryResult({ name }: { readonly name: StoryName }) {
  const { stories } = words.value;
  const { state, why } = played.value[name] ?? {};
  return (
    <div role="status" data-story={name} data-state={state}>
      {state === 'playing' && <p aria-busy="true">{stories.playing}</p>}
      {state === 'ended' && <p class="good">✓ {stories.ended}</p>}
      {state === 'broke' && (
        <p class="bad">
          {stories.broke} <span lang="en">{why}</span>
        </p>
      )}
    </div>
  );
}
