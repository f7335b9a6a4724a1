// How each kind of job does one of its rows. What stands in a row is read again by a schema: it may be of an older version.
import * as z from 'zod/mini';
import { parseVolunteerId } from '../domain/ids.ts';
import { withEdit } from '../domain/rota-edit.ts';
import { DamagedRecord } from './damaged-record.ts';
import { editRota } from './edit-rota.ts';
import type { RowWork, Works } from './jobs.ts';
import { isRefused, parseRotaEdit } from './network-document.ts';
import type { Ports, Registry } from './ports.ts';

type WorkPorts = Pick<Ports, 'clock' | 'networks'> & { readonly registry: Registry };

const volunteerRow = z.looseObject({ volunteerId: z.string() });
const editRow = z.looseObject({ volunteerId: z.string(), edit: z.unknown() });

export function jobWorks(ports: WorkPorts): Works {
  return {
    'rota-import': editing(ports),
    'week-copy': editing(ports),
    'holiday-reroll': refreshing(ports),
  };
}

/** One volunteer's part of a bulk change. */
const editing =
  (ports: WorkPorts): RowWork =>
  async (row, job) => {
    const { volunteerId, edit: json } = read(editRow, row, job.id);
    const id = parseVolunteerId(volunteerId);
    const edit = parseRotaEdit(json);
    if (id === null || isRefused(edit)) throw new DamagedRecord(job.id);
    const edited = await editRota(ports, id, rota => withEdit(rota, edit), {
      at: ports.clock.now(),
      by: job.by,
    });
    if (edited.is === 'unknown') return `${id} is not there any more`;
    if (edited.is === 'stored') return null;
    const told = edited.problems.map(({ path, problem }) => `${path} ${problem}`);
    return `the rota of ${id} was left as it was: ${told.slice(0, 5).join('; ')}`;
  };

const refreshing =
  (ports: WorkPorts): RowWork =>
  async (row, job) => {
    const id = parseVolunteerId(read(volunteerRow, row, job.id).volunteerId);
    if (id !== null) await ports.registry.refreshDuty(id, ports.clock.now());
    return null;
  };

function read<Row>(schema: z.ZodMiniType<Row>, row: unknown, id: string): Row {
  const outcome = z.safeParse(schema, row);
  if (!outcome.success) throw new DamagedRecord(id);
  return outcome.data;
}
