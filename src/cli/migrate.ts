import type { OperatorCommand } from './command.ts';

export const migrate: OperatorCommand = {
  usage: 'migrate',
  summary: 'bring the schema up to date (start and import do it too)',
  // Opening the store has migrated it; this only reports that.
  run: async ({ io }) => {
    io.out('schema is up to date\n');
    return 0;
  },
};
