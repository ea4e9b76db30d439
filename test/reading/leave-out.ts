import { trained, type Voice, voicesIn } from '../../scripts/training/examples.ts';
import { weightsOf } from '../../src/reading/judge/weights.ts';
import { readMessage } from '../../src/reading/read.ts';
import { HEADING, lineOf, rowOf, type Score, scoreOf, toldOf } from './score.ts';

/** Each voice read by a judge that learned from all others. */
export function leaveOneOut(voices: Voice[], named: string[]): Map<string, Score[]> {
  return new Map(
    voices
      .filter(({ name, loose }) => !loose && (named.length === 0 || named.includes(name)))
      .map(({ name, cases }) => {
        const weights = weightsOf(JSON.parse(trained(voices.filter((voice) => voice.name !== name))));
        return [name, cases.map((item) => scoreOf(item, (text, at, knows) => readMessage(text, at, knows, weights)))];
      }),
  );
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  const scores = leaveOneOut(
    voicesIn(),
    args.filter((arg) => !arg.startsWith('--')),
  );
  console.log(HEADING);
  for (const [name, list] of scores) console.log(lineOf(name, rowOf(list)));
  console.log(lineOf('all', rowOf([...scores.values()].flat())));
  if (args.includes('--wrong'))
    for (const score of [...scores.values()].flat()) if (!score.exact) console.log(toldOf(score));
}
