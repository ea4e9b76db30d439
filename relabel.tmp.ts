import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readMessage } from './src/reading/read.ts';
import { knownBy } from './test/reading/corpus.ts';
const ids = new Set(process.argv.slice(2));
const F = 'test/reading/corpus/';
for (const f of readdirSync(F).filter((n) => n.endsWith('.jsonl'))) {
  let ch = false;
  const out = readFileSync(F + f, 'utf8').trimEnd().split('\n').map((l) => {
    const d = JSON.parse(l);
    if (!ids.has(d.id)) return l;
    ch = true;
    const [today, time] = (d.at ?? '2026-11-20T18:00').split('T');
    const r = readMessage(d.text, { today, time }, knownBy(d.as)).readings.map(({ act, p, choices, ...x }: any) => x);
    console.log(d.id, d.text, JSON.stringify(r));
    return JSON.stringify({ ...d, readings: r });
  });
  if (ch) writeFileSync(F + f, out.join('\n') + '\n');
}
