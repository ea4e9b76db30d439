import { readFileSync } from 'node:fs';
import { stretchesOf } from './src/reading/structure/stretches.ts';
import { normalise } from './src/reading/normalise.ts';
import { tokenise } from './src/reading/tokens.ts';
import { rosterOf } from './src/reading/roster.ts';
import { knownBy, caseLines } from './test/reading/corpus.ts';
for (const f of process.argv.slice(2)) for (const c of caseLines(readFileSync(f, 'utf8'))) {
  const p = normalise(c.text); const r = rosterOf(knownBy(c.as)); const s = stretchesOf(p, tokenise(p, r));
  if (s.length > 1 || s[0].text !== p) console.log(c.id, p.replaceAll('\n', '⏎'), '\n', s.map((x) => '    ' + x.text.replaceAll('\n','⏎') + (x.note ? '  〔' + x.note + '〕' : '')).join('\n'));
}
