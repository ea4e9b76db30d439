import type { ChoreKind } from '../chores.ts';

/** The bytes of a photo that nobody is to have any longer. Their row says why. */
export const removePhoto: ChoreKind<{ file: string }, void> = {
  fetch: ({ vault }, { file }) => vault.remove(file),
  settle: async () => [],
};
