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

/** Something that is to be written, or planned to be sent. */
export type Change =
  /**
   * `under`: the cause it is stored under, where it is not the event's own. `once`: a name under which it is written only once.
   * `post`: another post of who asks, whose records these are.
   */
  | { what: 'record'; changes: LedgerChange[]; under?: string; once?: string; post?: Post }
  /** The photos of a record are those of another from now on, which may be of another programme. */
  | { what: 'move_evidence'; from: Activity; to: Activity }
  /** An arrangement, new or changed. */
  | { what: 'proposal'; proposal: Proposal }
  /** An arrangement comes into force; who is touched owes accordingly from then on. */
  | { what: 'arrange'; proposal: Proposal }
  /** It is taken back with what it did. */
  | { what: 'unarrange'; proposal: Proposal }
  | { what: 'open_draft'; draft: Draft }
  | { what: 'change_draft'; draft: Draft }
  | { what: 'close_draft'; draft: Draft; state: 'done' | 'discarded' }
  /** A card for somebody else; sent once per identity, left out where the person has no Feishu user. */
  | ({ what: 'notify' } & Notification)
  /** The earlier answers that show what this cause recorded are drawn again. */
  | { what: 'redraw'; cause: string }
  /** What the one who asks sets for themselves; a key given as undefined is taken away. */
  | { what: 'settings'; settings: MemberSettings }
  /** From the store and from the disk. */
  | { what: 'delete_photo'; photo: Evidence }
  /** A person has no Feishu user any more. */
  | { what: 'unbind'; personId: string }
  /** Who a waiting stranger is; nobody where `personId` is absent. */
  | { what: 'claim'; request: ClaimRequest; personId?: string }
  /** Somebody who is in no roster becomes a teacher of a school. */
  | { what: 'add_person'; personId: string; name: string; schoolId: string }
  /** A card that shows the records of this cause from now on: it is redrawn with them. */
  | { what: 'adopt'; messageId: string; cause: string; post?: Post }
  /** What the one who asks says about a duty they were asked about. */
  | { what: 'check_in'; answer: CheckInAnswer }
  /** A day of the asker's secondment. */
  | { what: 'attend'; attendance: Attendance }
  /** 催办 to others; a card a day for each. */
  | { what: 'nudge'; parts: NudgePart[] }
  /** 加急 on a message that was delivered. */
  | { what: 'urgent'; messageId: string; personId: string }
  /** A request for help, new or changed. */
  | { what: 'help'; help: HelpRequest }
  /** The Base in which the programme is mirrored, new or changed. */
  | { what: 'mirror'; mirror: Mirror }
  /** What the one who asks has in the calendar is looked at again. */
  | { what: 'calendar' }
  /** A Base whose lists are looked at from now on; or no more at those of who asks. */
  | { what: 'roster_base'; base: RosterBase }
  | { what: 'forget_roster_bases' }
  /** Rows that wait for 确认导入. */
  | { what: 'upload'; upload: StoredUpload }
  /** An inspection, new or changed. */
  | { what: 'inspection'; inspection: Inspection }
  /** For the log of who saw and took what. */
  | { what: 'audit'; entries: AuditEntry[] }
  /** Work for after the transaction. */
  | ({ what: 'chore' } & PlannedChore);

/** Drawn in the language of who gets it where the card is given as a function. `identity` is unique for all time. */
export interface Notification {
  identity: string;
  kind: string;
  personId: string;
  card: Card | ((t: Texts) => Card);
  line?: Line;
}

/** Stored records change, and the answers that show them are redrawn. */
export const rewrite = (...changes: Extract<LedgerChange, { before: unknown }>[]): Change[] => [
  { what: 'record', changes },
  ...redrawn(changes[0]?.before.cause),
];

export const redrawn = (cause: string | undefined): Change[] => (cause ? [{ what: 'redraw', cause }] : []);
