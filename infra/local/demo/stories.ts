// The three stories by name, in the order in which the demo plays them.
// Must never hold how one goes: each has a file of its own.
import type { Stage } from './stage.ts';
import { callStory } from './story-call.ts';
import { nobodyStory } from './story-nobody.ts';
import { textStory } from './story-text.ts';

export const storyNames = ['call', 'text', 'nobody'] as const;
export type StoryName = (typeof storyNames)[number];

type Story = { readonly title: string; readonly play: (stage: Stage) => Promise<void> };

export const stories: Readonly<Record<StoryName, Story>> = {
  call: { title: 'A call. The first volunteer does not pick up, the second takes it.', play: callStory },
  text: {
    title: 'A text on WhatsApp. An offer with a code, and a conversation through the line.',
    play: textStory,
  },
  nobody: {
    title: 'A call that no volunteer takes. The police is called only once she has said yes.',
    play: nobodyStory,
  },
};
