import type { Card, Texts } from '../../cards/index.ts';
import type { Activity } from '../../plan/activity.ts';
import type { Inspection } from '../../plan/inspection.ts';
import type { CheckInAnswer, NudgePart } from '../../plan/notices/index.ts';
import type { Proposal } from '../../store/arrangements.ts';
import type { AuditEntry } from '../../store/audit.ts';
import type { Attendance } from '../../store/check-ins.ts';
import type { ClaimRequest } from '../../store/claims.ts';
import type { Draft } from '../../store/drafts.ts';
import type { Evidence } from '../../store/evidence.ts';
import type { HelpRequest } from '../../store/help.ts';
import type { MemberSettings } from '../../store/members.ts';
import type { Mirror } from '../../store/mirror.ts';
import type { Line } from '../../store/notice-row.ts';
import type { LedgerChange } from '../../store/record.ts';
import type { RosterBase } from '../../store/roster-bases.ts';
import type { StoredUpload } from '../../store/uploads.ts';
import type { PlannedChore } from './chore.ts';
import type { Post } from './facts.ts';

/** Something to write, or to plan for sending. */
export type Change =
  /**
   * `under`: the cause it is stored under, if not the event's own. `once`: a key that makes it written only once. `post`: another
   * post of the asker that owns these records.
   */
  | { what: 'record'; changes: LedgerChange[]; under?: string; once?: string; post?: Post }
  /** Moves a record's photos to another record, possibly in another programme. */
  | { what: 'move_evidence'; from: Activity; to: Activity }
  /** An arrangement, new or changed. */
  | { what: 'proposal'; proposal: Proposal }
  /** Puts an arrangement into force; from then on the duties of the people concerned follow it. */
  | { what: 'arrange'; proposal: Proposal }
  /** Undoes an arrangement and its effects. */
  | { what: 'unarrange'; proposal: Proposal }
  | { what: 'open_draft'; draft: Draft }
  | { what: 'change_draft'; draft: Draft }
  | { what: 'close_draft'; draft: Draft; state: 'done' | 'discarded' }
  /** A card for somebody else, sent once per identity; left out if the person has no Feishu user. */
  | ({ what: 'notify' } & Notification)
  /** Redraws the earlier answers that show what this cause recorded. */
  | { what: 'redraw'; cause: string }
  /** Settings the asker changes for themselves; a key given as undefined is removed. */
  | { what: 'settings'; settings: MemberSettings }
  /** Deletes from the store and from the disk. */
  | { what: 'delete_photo'; photo: Evidence }
  /** Unbinds a person's Feishu user. */
  | { what: 'unbind'; personId: string }
  /** Who a waiting stranger is; without `personId` they match no roster entry. */
  | { what: 'claim'; request: ClaimRequest; personId?: string }
  /** Adds somebody missing from the roster as a teacher of a school. */
  | { what: 'add_person'; personId: string; name: string; schoolId: string }
  /** A card that shows the records of this cause from now on, and is redrawn with them. */
  | { what: 'adopt'; messageId: string; cause: string; post?: Post }
  /** The asker's answer about a duty. */
  | { what: 'check_in'; answer: CheckInAnswer }
  /** A day of the asker's secondment. */
  | { what: 'attend'; attendance: Attendance }
  /** 催办 to others; one card a day for each. */
  | { what: 'nudge'; parts: NudgePart[] }
  /** 加急 on a message that was delivered. */
  | { what: 'urgent'; messageId: string; personId: string }
  /** A request for help, new or changed. */
  | { what: 'help'; help: HelpRequest }
  /** The Base in which the programme is mirrored, new or changed. */
  | { what: 'mirror'; mirror: Mirror }
  /** Checks the asker's calendar entries again. */
  | { what: 'calendar' }
  /** Starts watching a Base's lists for changes, or stops watching the asker's. */
  | { what: 'roster_base'; base: RosterBase }
  | { what: 'forget_roster_bases' }
  /** Rows that wait for 确认导入. */
  | { what: 'upload'; upload: StoredUpload }
  /** An inspection, new or changed. */
  | { what: 'inspection'; inspection: Inspection }
  /** For the audit log of who saw and exported what. */
  | { what: 'audit'; entries: AuditEntry[] }
  /** Work to do after the transaction. */
  | ({ what: 'chore' } & PlannedChore);

/** A card given as a function is drawn in the recipient's language. `identity` is unique for all time. */
export interface Notification {
  identity: string;
  kind: string;
  personId: string;
  card: Card | ((t: Texts) => Card);
  line?: Line;
}

/** Changes stored records and redraws the answers that show them. */
export const rewrite = (...changes: Extract<LedgerChange, { before: unknown }>[]): Change[] => [
  { what: 'record', changes },
  ...redrawn(changes[0]?.before.cause),
];

export const redrawn = (cause: string | undefined): Change[] => (cause ? [{ what: 'redraw', cause }] : []);
