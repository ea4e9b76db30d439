import type { Card, Texts } from '../../cards/index.ts';
import type { Reaction } from '../../lark/outgoing.ts';
import type { CheckInAnswer, NudgePart } from '../../plan/notices/index.ts';
import type { RosterChange } from '../../plan/roster-change.ts';
import type { AuditEntry } from '../../store/audit.ts';
import type { Attendance } from '../../store/check-ins.ts';
import type { ClaimRequest } from '../../store/claims.ts';
import type { Draft } from '../../store/drafts.ts';
import type { Evidence } from '../../store/evidence.ts';
import type { HelpRequest } from '../../store/help.ts';
import type { MemberSettings } from '../../store/members.ts';
import type { Line } from '../../store/notice-row.ts';
import type { LedgerChange, Recorded } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from './facts.ts';

/**
 * What a command or action wants: changes to the ledger and to drafts, and what to say once they are written. Dispatch
 * carries it out in the transaction it was decided in.
 */
export interface Outcome {
  changes?: LedgerChange[];
  /** Under which cause the changes are stored, where it is not the event's own. */
  recordUnder?: string;
  /** A name under which the changes may be written only once; later they are left out and the present state is shown. */
  once?: string;
  /** Changes of people and pairings; whom they touch owes accordingly when `say` is called. */
  roster?: RosterChange[];
  openDrafts?: Draft[];
  changeDrafts?: Draft[];
  closeDrafts?: { draft: Draft; state: 'done' | 'discarded' }[];
  /** Called after the changes were written, in the same transaction, with what they came to. */
  say?: (recorded: Recorded[]) => Promise<Card | undefined> | Card | undefined;
  /** For a message: an emoji under it, where no card is needed. */
  react?: Reaction;
  /** For a click: one line shown for a moment. */
  toast?: { type: 'success' | 'info' | 'warning' | 'error'; content: string; i18n?: Record<string, string> };
  /** Messages to other people; sent once per identity, silently left out where the person has no Feishu user. */
  notify?: Notification[];
  /** Causes whose earlier answers show records that changed here: their cards are redrawn. */
  redraw?: string[];
  /** What the one who asked sets for themselves; a key given as undefined is taken away. */
  settings?: MemberSettings;
  /** Photos that go, from the store and from the disk. */
  deletePhotos?: Evidence[];
  /** Who a waiting stranger is; nobody where `personId` is absent. */
  claim?: { request: ClaimRequest; personId?: string };
  /** A card that shows the records of this cause from now on: it is redrawn with them. */
  adopt?: { messageId: string; cause: string };
  /** What the one who asked says about duties they were asked about. */
  checkIns?: CheckInAnswer[];
  /** A day of the asker's secondment. */
  attendance?: Attendance;
  /** 催办 to others; a card a day for each. */
  nudges?: NudgePart[];
  /** 加急 on a message that was delivered. */
  urgent?: { messageId: string; personId: string };
  /** A request for help, new or changed. */
  help?: HelpRequest;
  /** For the log of who saw and took what. */
  audit?: AuditEntry[];
  /** Work for after the transaction; `kind` is a name of chores.ts. */
  chores?: { identity: string; kind: string; body: object }[];
}

/** A card for somebody else, drawn in their language where it is given as a function. `identity` is unique for all time. */
export interface Notification {
  identity: string;
  kind: string;
  personId: string;
  card: Card | ((t: Texts) => Card);
  line?: Line;
}

/** Something a person types: a name, how it is recognised, and what it does. Returns; never sends or writes. */
export interface Command<Args = unknown> {
  name: string;
  /** The arguments where the text is this command, undefined where it is not. Pure. */
  match(text: string): Args | undefined;
  /** Several outcomes are carried out one after another, each with its own answer. */
  run(trx: Trx, facts: Facts, args: Args): Promise<Outcome | Outcome[]>;
}

/** What a click brought: the button's value and the form's answers, both untrusted. */
export interface Click {
  value: Record<string, unknown>;
  form: Record<string, string | string[] | boolean>;
  messageId: string;
}

/** A button: checks the operator, the version and the state again, then returns what is to be done. Safe to repeat. */
export interface Action {
  name: string;
  /** Also for administrators who are nobody's person; the action checks what it may do for them. */
  forAdministrators?: true;
  run(trx: Trx, facts: Facts, click: Click): Promise<Outcome>;
}
