// What a manager might do to a request in an arbitrary life of it, sensible or not: to whoever has it, to somebody who was
// never asked, on a version that is long gone.
import { agreementOf } from '../../shared/domain/contact-rules.ts';
import type { VolunteerId } from '../../shared/domain/ids.ts';
import type { ManagerEvent } from '../../shared/domain/manager-act.ts';
import { offersOf, type Request } from '../../shared/domain/request.ts';
import { at } from './given.ts';
import type { Move } from './plausible-life.ts';
import { lawyer, manager } from './small-network.ts';

export function byHandOf(
  kind: ManagerEvent['kind'],
  { which, turn, body }: Move,
  request: Request,
  volunteers: readonly VolunteerId[],
): ManagerEvent {
  const { version } = request;
  const hand = { by: 'sub-of-a-manager', seen: which === 4 ? version : which === 5 ? version - 1 : null };
  const volunteerId = volunteers[which % volunteers.length] as VolunteerId;
  switch (kind) {
    case 'manager-assigned':
    case 'manager-excluded':
    case 'manager-readmitted':
      return { ...hand, kind, volunteerId };
    case 'manager-released':
      return { ...hand, kind, helper: turn > 6 ? (offersOf(request).at(-1)?.to ?? volunteerId) : null };
    case 'manager-escalated':
      return { ...hand, kind, rung: turn > 5 ? turn - 4 : null };
    case 'manager-joined':
      return { ...hand, kind, contactId: turn === 9 ? lawyer.id : manager.id };
    case 'manager-closed':
      return { ...hand, kind, forced: turn > 6 };
    case 'manager-noted':
      return { ...hand, kind, body };
    case 'manager-decided-danger':
      return { ...hand, kind, danger: turn > 4 };
    case 'manager-set-contact-rules': {
      const agreed = agreementOf(turn > 2 ? String(turn) : null, null, at(which));
      return { ...hand, kind, agreement: turn > 6 ? null : agreed };
    }
    case 'manager-reviewed-abuse':
      return { ...hand, kind, until: turn > 5 ? at(9e6) : null };
    case 'manager-flagged-minor':
      return { ...hand, kind };
  }
}
