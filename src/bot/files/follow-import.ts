import { type Following, followImport } from '../../store/follow-import.ts';
import type { ChoreKind } from '../intake/chore.ts';

/** What a process that died has left to do of an import whose rows are visible. */
export const followImportChore: ChoreKind<'follow_import', void> = {
  fetch: (ctx, following: Following, choreId) =>
    followImport(ctx.db, following, { choreId, clock: ctx.now, resumed: true }),
  settle: async () => [],
};
