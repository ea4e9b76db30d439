import { type Following, followImport } from '../../store/follow-import.ts';
import type { ChoreKind } from '../intake/chore.ts';

/** What remains to be done for an import whose rows are visible but whose process died. */
export const followImportChore: ChoreKind<'follow_import', void> = {
  fetch: (ctx, following: Following, choreId) =>
    followImport(ctx.db, following, { choreId, clock: ctx.now, resumed: true }),
  settle: async () => [],
};
