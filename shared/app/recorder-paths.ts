// The addresses of the recorder: a number of its own, apart from every line. Each step of it is only ever reached by the
// one before, since the network signs what it asks and asks only what it was told.
import type { SpokenSid } from './recordings.ts';

export const recorderPaths = {
  /** The voice URL of the number that managers call. */
  incoming: '/recorder/incoming',
  code: '/recorder/code',
  language: '/recorder/language',
  clip: (language: string) => `/recorder/${language}/choose`,
  spoken: (clip: string, tries: number) => `/recorder/${clip}/spoken/${tries}`,
  /** The network's name of what was spoken is asked for anew, so that the address is known before it is. */
  spokenAgain: (clip: string, sid: SpokenSid, tries: number) => `/recorder/${clip}/spoken/${sid}/${tries}`,
  heard: (clip: string, sid: SpokenSid) => `/recorder/${clip}/heard/${sid}`,
  draft: (sid: SpokenSid) => `/recorder/drafts/${sid}`,
} as const;

export const recorderRoutes = {
  clip: '/recorder/:language/choose',
  spoken: '/recorder/:language/:clip/spoken/:tries',
  spokenAgain: '/recorder/:language/:clip/spoken/:sid/:tries',
  heard: '/recorder/:language/:clip/heard/:sid',
  draft: '/recorder/drafts/:sid',
} as const;
