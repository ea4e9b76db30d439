import { trained } from '../../scripts/training/trained.ts';
import { type Voice, voicesIn } from '../../scripts/training/voices.ts';
import { weightsOf } from '../../src/reading/judge/weights.ts';
import { readMessage } from '../../src/reading/read.ts';
import { HEADING, lineOf, rowOf, type Score, scoreOf, toldOf } from './score.ts';

/** Each group of voices, read by a judge that learned from all others. */
export async function leaveOut(voices: Voice[], groups: string[][]): Promise<Map<string, Score[]>> {
  const scores = new Map<string, Score[]>();
  for (const group of groups) {
    const weights = weightsOf(JSON.parse(await trained(voices.filter(({ name }) => !group.includes(name)))));
    for (const { name, cases } of voices.filter((voice) => group.includes(voice.name)))
      scores.set(
        name,
        cases.map((item) => scoreOf(item, (text, at, knows) => readMessage(text, at, knows, weights))),
      );
  }
  return scores;
}

/** `node test/reading/leave-out.ts [VOICE…] [--folds N] [--wrong]`: without a voice, all voices that the rules were not made for. */
if (import.meta.main) {
  const args = process.argv.slice(2);
  const folds = args.includes('--folds') ? Number(args[args.indexOf('--folds') + 1]) : 0;
  const named = args.filter((arg) => !arg.startsWith('--') && arg !== String(folds));
  const voices = voicesIn();
  const all = voices.filter(({ known, loose }) => !known && !loose).map(({ name }) => name);
  const chosen = named.length > 0 ? named : all;
  const groups =
    folds > 0
      ? Array.from({ length: folds }, (_, fold) => chosen.filter((_, k) => k % folds === fold))
      : chosen.map((name) => [name]);
  const scores = await leaveOut(voices, groups);
  console.log(HEADING);
  for (const name of chosen) console.log(lineOf(name, rowOf(scores.get(name)!)));
  console.log(lineOf('all', rowOf([...scores.values()].flat())));
  if (args.includes('--wrong'))
    for (const score of [...scores.values()].flat()) if (!score.exact) console.log(toldOf(score));
}
