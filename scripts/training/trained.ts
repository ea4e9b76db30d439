import { written } from '../../src/reading/judge/weights.ts';
import { learnContent } from './content.ts';
import { Names } from './fit.ts';
import { learnGoods } from './goods.ts';
import { inputsHash } from './inputs.ts';
import { judgeOf, taughtBy } from './judge.ts';
import { trustBeside } from './trust.ts';
import { casesOf, type Voice } from './voices.ts';

/** The weights that these voices teach, as the file's content. The same voices give the same bytes. */
export async function trained(voices: Voice[]): Promise<string> {
  const trust = trustBeside(voices);
  const names = new Names();
  const { rows, turn } = judgeOf(taughtBy(voices, names), names);
  const cases = casesOf(voices);
  const learned = { from: inputsHash(), turn, rows: { ...rows, ...learnContent(cases) } };
  return written(learned, { goods: learnGoods(cases), ...(await trust) });
}
