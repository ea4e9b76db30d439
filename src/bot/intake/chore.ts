import type { ListIds, ListView } from '../../cards/buttons.ts';
import type { Ctx } from '../../context.ts';
import type { ArchiveOf } from '../../export/archive.ts';
import type { MessageEvent } from '../../lark/event.ts';
import type { LarkRefused } from '../../lark/refusal.ts';
import type { Inspected } from '../../plan/inspection.ts';
import type { Paper } from '../../plan/plan.ts';
import type { Following } from '../../store/follow-import.ts';
import type { Hint } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';

/** The arguments of each chore, by the name it is planned under. */
export interface ChoreBodies {
  drop_evidence: { messageId: string; openId: string };
  fetch_photo: {
    programmeId: string;
    evidence: string;
    file: string;
    messageId: string;
    /** `link`: the document's own link; it is noted, not fetched. */
    type: 'image' | 'file' | 'link';
    key: string;
    openId: string;
    group: boolean;
  };
  find_people: { programmeId: string };
  follow_import: Following;
  /** `event`: what the stranger wrote in a private chat; absent if they have not written yet. */
  identify: { openId: string; event?: MessageEvent };
  import_workbook: { upload: string };
  read_plan: { openId: string; programmeId: string; messageId: string; fileKey: string; fileName: string };
  /** `programmeId`: the programme to use if the file names none. */
  read_workbook: {
    upload: string;
    openId: string;
    programmeId: string;
    messageId: string;
    fileKey: string;
    fileName: string;
    /** The Base whose lists are read instead of a file. */
    base?: string;
    /** Set for the nightly check: it sends a preview only if something would change. */
    quiet?: boolean;
  };
  remove_photo: { file: string };
  /** `said`: when it was written. */
  second_opinion: { openId: string; programmeId: string; messageId: string; text: string; said: number };
  send_file: { openId: string; programmeId: string; order: FileOrder };
  show_photos: { openId: string; photos: { file: string; type: string; link?: string }[] };
}

/** The subject of a paper; a bureau's covers everything it answers for. */
export type PaperOf = Inspected | { kind: 'district' | 'programme'; id: string };

/** The time that a paper covers, from the day on which it is asked for. */
export type PaperSpan = 'term' | 'last_term' | 'next_term' | 'school_year' | 'last_year' | 'next_year';

export type FileOrder =
  | { what: 'ledger' }
  | { what: 'template' }
  | { what: 'archive'; of: ArchiveOf }
  /** The sender's own, for the term that begins on that day. */
  | { what: 'certificate'; term: string }
  | { what: 'inspection'; n: number; seed: string }
  | { what: 'circular'; inspection: string }
  | { what: 'paper'; paper: Paper; of: PaperOf; span: PaperSpan }
  | { what: 'list'; view: ListView; ids: ListIds };

/** A chore as it is planned; `identity` is unique for all time, `inMs` is the delay before it runs. */
export type PlannedChore = {
  [K in keyof ChoreBodies]: { identity: string; kind: K; body: ChoreBodies[K]; inMs?: number };
}[keyof ChoreBodies];

/** Work for after a transaction. `fetch` waits for the network or the disk and may repeat; `settle` writes the result. */
export interface ChoreKind<K extends keyof ChoreBodies, Got> {
  /** Throws LarkRefused: retried later, or passed to `settle` if a retry cannot help. */
  fetch(ctx: Ctx, body: ChoreBodies[K], choreId: string): Promise<Got | Later>;
  settle(trx: Trx, ctx: Ctx, body: ChoreBodies[K], fetched: Got | LarkRefused): Promise<Hint[]>;
}

/** A chore whose name is only known once it is looked up. */
export type AnyChore = ChoreKind<keyof ChoreBodies, unknown>;

/** Not yet: retry in `ms`. */
export class Later {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}
