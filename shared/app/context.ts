// What a function is made of once it has started: its ports, and what it must know about the network's signatures.
import type { Line } from '../domain/network.ts';
import type { PhoneNumber } from '../domain/phone.ts';
import type { EditingPorts, ErasingPorts, Ports } from './ports.ts';

export type Context = {
  readonly ports: Ports & ErasingPorts & EditingPorts;
  /** Loads what the first ring needs, which is slow to load. */
  readonly readyToRing: () => Promise<unknown>;
  /** Scheme and host as Twilio calls and signs them, without a slash at the end. */
  readonly publicBase: string;
  readonly accountSid: string;
  /** Current, and while it is rotated a second one. */
  readonly authTokens: readonly string[];
  /** Dialled when not even the network of lines can be read. */
  readonly fallbackNumber: PhoneNumber | null;
  /** Calls from it are never put through to anybody. */
  readonly canaryNumber: PhoneNumber | null;
  /** Of a line's document on the fallback site: nobody can guess it who does not know the secrets. */
  readonly pageName: (line: Line) => string;
  /** A recording by its path below `audio/`, as `kk/press-3.mp3`; null when there is none. */
  readonly recording: (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;
};
