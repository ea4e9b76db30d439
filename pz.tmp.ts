import { readFileSync } from 'node:fs';
import { voicesIn } from './scripts/training/examples.ts';
import { learnPauses } from './scripts/training/pauses.ts';
import { paused } from './src/reading/structure/pauses.ts';
import { normalise } from './src/reading/normalise.ts';
import { tokenise } from './src/reading/tokens.ts';
import { rosterOf } from './src/reading/roster.ts';
import { knownBy, caseLines } from './test/reading/corpus.ts';
const t = performance.now();
const w = learnPauses(voicesIn().filter((v) => v.name !== 'rural-dictation').flatMap((v) => v.cases.map((c) => c.text)));
console.log(w.size, performance.now() - t);
for (const c of caseLines(readFileSync('test/reading/unseen/rural-dictation.jsonl', 'utf8')).slice(0, 40)) {
  const p = normalise(c.text); const toks = tokenise(p, rosterOf(knownBy(c.as)));
  console.log(paused(p, w, (at) => toks.some((x) => x.start < at && x.end > at)));
}
