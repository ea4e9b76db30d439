import { help as helpCard } from '../../cards/index.ts';
import type { Command } from '../outcome.ts';

export const help: Command = {
  name: 'help',
  match: (text) => (/^(帮助|怎么用|help|\?|？)$/i.test(text) ? {} : undefined),
  run: async (_trx, { me, t }) => ({
    say: () => helpCard({ coordinator: me.roles.some((r) => r === 'coordinator' || r === 'bureau_coordinator') }, t),
  }),
};
