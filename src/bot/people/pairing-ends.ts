import { notice } from '../../cards/index.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { checked, datesIn, pairingNamed } from './arrange.ts';

/** 结束结对 甲校→乙校 [11-30]: that is its last day. */
export const pairingEnds: Command<string> = {
  name: 'pairing-ends',
  match: (text) => /^(?:结束结对|结对结束|pairing ends)[\s:：]+(.+(?:→|->|=>).+)$/is.exec(text)?.[1],
  run: async (_trx, facts, text) => {
    const [name = '', ...rest] = text
      .trim()
      .replace(/\s*(→|->|=>)\s*/, '→')
      .split(/\s+/);
    const { to: on = facts.today } = datesIn(rest.join(' '), facts.today);
    const pairing = pairingNamed(facts, name);
    permit(facts, 'arrange', { kind: 'pairing', id: pairing.id });
    return {
      roster: [checked(facts, { what: 'pairing_ends', pairingId: pairing.id, on })],
      say: () => notice({ title: facts.t.arrange.title, text: facts.t.arrange.pairingEnds(name, on) }, facts.t),
    };
  },
};
