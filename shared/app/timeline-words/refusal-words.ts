// Why a manager's act was not done, as a clause that follows "not done: ", and as what an API answers.
// Must never name a person otherwise than by id.
import type { ManagerEvent, Refusal } from '../../domain/manager-act.ts';

const reasons: Readonly<Record<Refusal, string>> = {
  over: 'the request is closed',
  canary: 'it is our own call to ourselves',
  changed: 'it is not as it was when she decided',
  already: 'it is so already',
  'not-searching': 'nobody is sought at this moment',
  'somebody-has-it': 'somebody is with her; release her first',
  'nobody-has-it': 'nobody like that is with her',
  'in-writing': 'nobody joins a conversation by text',
  'no-manager': 'that is not the contact of a manager',
  'she-waits': 'a call that waits is not closed by hand; assign somebody, or escalate',
  talking: 'somebody is with her, or her phone rings; it has to be forced',
  'last-rung': 'it is on the last rung, where everybody is asked',
  behind: 'the search is there or further',
  'no-such-rung': 'the ladder has no such rung',
  'not-for-this-need': 'that rung is not for her need',
  'no-consent': 'she has not said yes to that contact',
  'she-is-away': 'who is called back speaks with volunteers and managers alone',
  'not-by-hand': 'no manager excluded her: what a volunteer says of herself stands',
  'nothing-kept': 'nothing personal is kept of it any more',
  'too-many-notes': 'there are as many notes as can be kept',
  'off-duty': 'she is not on duty',
  language: 'they have no language in common',
  skill: 'she is asked to interpret alone',
  region: 'not responsible for her region',
  busy: 'she is busy with an offer or a conversation',
  paused: 'she is on a break',
  tired: 'she is left to rest',
  'cooling-down': 'abuse was reported of this number: managers alone serve it',
  excluded: 'she is kept away from this request',
  unreachable: 'her number does not work',
  'no-way': 'she can neither write on this line nor be called from it',
  'asked-before': 'she was asked before',
  'closed-now': 'closed at this hour',
};

const acts: Readonly<Record<ManagerEvent['kind'], string>> = {
  'manager-assigned': 'assigns',
  'manager-excluded': 'excludes',
  'manager-readmitted': 'readmits',
  'manager-released': 'releases',
  'manager-escalated': 'escalates',
  'manager-joined': 'joins the talk as',
  'manager-closed': 'closes it',
  'manager-noted': 'writes a note for the record',
  'manager-decided-danger': 'decides about danger',
  'manager-set-contact-rules': 'writes down how she may be reached',
  'manager-flagged-minor': 'notes that she is under age',
  'manager-reviewed-abuse': 'reviews the report of abuse',
};

export const whyRefused = (why: Refusal): string => reasons[why] ?? why;
export const whatIsDone = (act: ManagerEvent['kind']): string => acts[act] ?? act;
