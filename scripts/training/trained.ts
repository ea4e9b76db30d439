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
  const learned = { from: inputsHash(), ...judgeOf(taughtBy(voices, names), names) };
  const cases = casesOf(voices);
  return written(learned, { goods: learnGoods(cases), content: learnContent(cases), ...(await trust) });
}
