// What the buttons of a volunteer's own page do: the same as her texts. What a form says is read anew, whatever it says.
// Must never act on a shift or a swap that is not hers to act on.
import { confirmNumber } from '../../app/confirm-number.ts';
import { ownActOnRecord } from '../../app/own-acts.ts';
import type { Ports } from '../../app/ports.ts';
import { takeShift, whyRefused } from '../../app/receive-about-shifts.ts';
import { actOnSwap, type Done, giveShift, type OneOfHers, oneOfHers } from '../../app/swaps.ts';
import type { DutyWish } from '../../domain/duty-wish.ts';
import { parseShiftId, parseSwapId, type SwapId, type VolunteerId } from '../../domain/ids.ts';
import { parseLocalDate } from '../../domain/local-time.ts';
import type { NotToBeHad } from '../../domain/wording.ts';

/** What is said on the page afterwards: words of the catalogs by their names. */
export type Said = 'done' | 'again' | 'number-verified' | 'number-code-wrong' | NotToBeHad;

type Form = Readonly<Record<string, unknown>>;
type Act = (ports: Ports, id: VolunteerId, form: Form) => Promise<Said>;

export async function actOn(ports: Ports, id: VolunteerId, form: Form): Promise<Said> {
  const name = field(form, 'act');
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (act === undefined) return 'again';
  const said = await act(ports, id, form);
  const action = onRecordAs[name] ?? name;
  if (said === 'done' || said === 'number-verified') await ownActOnRecord(ports, id, action, 'own-page');
  return said;
}

/** What her text would be called. */
const onRecordAs: Readonly<Record<string, string>> = {
  on: 'on-duty',
  off: 'off-duty',
  ill: 'give',
  agree: 'answer-return',
  refuse: 'answer-return',
  code: 'confirm-number',
  close: 'close-page',
};

const acts: Readonly<Record<string, Act>> = {
  on: (ports, id) => duty(ports, id, { wish: 'on-duty' }),
  off: (ports, id) => duty(ports, id, { wish: 'off-duty' }),
  break: (ports, id) => duty(ports, id, { wish: 'break', minutes: 30 }),
  give: (ports, id, form) => give(ports, id, form, false),
  ill: (ports, id, form) => give(ports, id, form, true),
  keep: (ports, id, form) => asGiver(ports, id, form, { kind: 'withdrawn' }),
  agree: (ports, id, form) => asGiver(ports, id, form, { kind: 'return-answered', agrees: true }),
  refuse: (ports, id, form) => asGiver(ports, id, form, { kind: 'return-answered', agrees: false }),
  take,
  code: async (ports, id, form) => {
    const person = await ports.shifts.person(id);
    const code = /^\d{6}$/.exec(field(form, 'code').trim())?.[0];
    if (!person || code === undefined) return 'number-code-wrong';
    const { text } = await confirmNumber(ports, person.volunteer, Number(code));
    return text === 'number-verified' ? text : 'number-code-wrong';
  },
  close: async (ports, id) => {
    await ports.shifts.closePage(id);
    return 'done';
  },
};

const field = (form: Form, name: string): string => {
  const value = Object.hasOwn(form, name) ? form[name] : '';
  return typeof value === 'string' ? value : '';
};

const outcome = (done: Done): Said => (done.refused === null ? 'done' : whyRefused(done.refused));

async function duty(ports: Ports, id: VolunteerId, wish: DutyWish): Promise<Said> {
  await ports.roster.wishDuty(id, wish, ports.clock.now());
  ports.log.info('duty-wished', { volunteer: id, wish: wish.wish });
  return 'done';
}

async function give(ports: Ports, id: VolunteerId, form: Form, isIll: boolean): Promise<Said> {
  const which = shiftIn(form, 'shift');
  return which === null ? 'gone' : outcome(await giveShift(ports, id, which, isIll));
}

async function asGiver(
  ports: Ports,
  id: VolunteerId,
  form: Form,
  event: Parameters<typeof actOnSwap>[2],
): Promise<Said> {
  const swapId = swapIn(form);
  const swap = swapId && (await ports.shifts.swap(swapId));
  return swap?.giver === id ? outcome(await actOnSwap(ports, swap.id, event, id)) : 'gone';
}

async function take(ports: Ports, id: VolunteerId, form: Form): Promise<Said> {
  const swapId = swapIn(form);
  if (swapId === null) return 'gone';
  if (field(form, 'return') === '') return outcome(await takeShift(ports, id, swapId, null));
  const which = shiftIn(form, 'return');
  const [person, network] = await Promise.all([ports.shifts.person(id), ports.networks.network()]);
  const given = which && person && oneOfHers(person.volunteer, network, which, ports.clock.now());
  return given ? outcome(await takeShift(ports, id, swapId, given)) : 'gone';
}

function shiftIn(form: Form, name: string): OneOfHers | null {
  const [shift = '', day = ''] = field(form, name).split(' ');
  const [shiftId, date] = [parseShiftId(shift), parseLocalDate(day)];
  return shiftId && date ? { shiftId, date } : null;
}

const swapIn = (form: Form): SwapId | null => parseSwapId(field(form, 'swap'));
