import type { Ctx } from '../../context.ts';
import type { LarkRefused } from '../../lark/refusal.ts';
import type { Hint } from '../../store/notices.ts';
import type { Trx } from '../../store/transaction.ts';

/** Work for after a transaction. `fetch` waits for the network or the disk and may be repeated; `settle` writes what came of it. */
export interface ChoreKind<Body, Got> {
  /** Throws LarkRefused: tried again later, or handed to `settle` where that cannot help. */
  fetch(ctx: Ctx, body: Body, choreId: string): Promise<Got | Later>;
  settle(trx: Trx, ctx: Ctx, body: Body, got: Got | LarkRefused): Promise<Hint[]>;
}

/** Not yet: come back in `ms`. */
export class Later {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}
