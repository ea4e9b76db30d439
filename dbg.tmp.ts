import { normalise } from './src/reading/normalise.ts';
import { tokenise } from './src/reading/tokens.ts';
import { rosterOf } from './src/reading/roster.ts';
import { segmentsOf } from './src/reading/clauses.ts';
import { moodOf } from './src/reading/mood.ts';
import { stretchesOf } from './src/reading/structure/stretches.ts';
import { paused } from './src/reading/structure/pauses.ts';
import { WEIGHTS } from './src/reading/judge/weights.ts';
import { readMessage } from './src/reading/read.ts';
import { knownBy } from './test/reading/corpus.ts';
for (const text of process.argv.slice(2)) {
  const r = rosterOf(knownBy(undefined)); const p = normalise(text); const toks = tokenise(p, r);
  for (const s of stretchesOf(p, toks, r)) {
    const t1 = tokenise(s.text, r); const b = paused(s.text, t1, WEIGHTS.pauses); console.log('>', b, s.note ?? '');
    const t = tokenise(b, r);
    for (const seg of segmentsOf(t, b.length)) { const m = moodOf(seg, '2026-11-20'); console.log('  ', seg.kind ?? '-', seg.tokens.map((x) => x.text + (x.tags?.size ? '{' + [...x.tags] + '}' : '') + (x.verbs?.size ? '[' + [...x.verbs] + ']' : '') + (x.kind ? '<' + x.kind + '>' : '')).join(' '), Object.entries(m).filter(([, v]) => v).map(([k]) => k).join()); }
  }
  console.log(readMessage(text, { today: '2026-11-20', time: '18:00' }, knownBy(undefined)));
}
