import type { Command } from '../intake/outcome.ts';
import { permittedRealm } from '../intake/permit.ts';
import { filed } from './export.ts';

const DEFAULT_SIZE = 20;
const MOST = 500;

/** 督导, 督导 30, 督导 30 种子2026: a random sample and the schools' table as a file. Without a seed it is today's date. */
export const inspectCommand: Command<{ n: number; seed?: string }> = {
  name: 'inspect',
  each: 'apart',
  match: (text) => {
    const said = /^(?:督导|抽查)(?:\s+(\d{1,3}))?(?:\s+([\p{L}\p{N}-]{1,20}))?$/u.exec(text);
    if (!said) return undefined;
    return { n: Math.min(MOST, Math.max(1, Number(said[1] ?? DEFAULT_SIZE))), seed: said[2] };
  },
  run: async (_trx, facts, { n, seed = facts.today }) => {
    permittedRealm(facts, 'inspect');
    return filed(facts, { what: 'inspection', n, seed });
  },
};
