// Nobody in the simulator looks after her own shifts: whoever asks for them has found a way that there must not be.
import type { ShiftStore } from '../../shared/app/shift-ports.ts';

export const noShifts = new Proxy({} as ShiftStore, {
  get: (_, name) => () => {
    throw new Error(`the simulator was asked for shifts: ${String(name)}`);
  },
});
