import { leaveOneOut } from './test/reading/leave-out.ts';
import { voicesIn } from './scripts/training/examples.ts';
import { plainly } from './test/reading/corpus.ts';
const all = process.argv.includes('--all');
const scores = leaveOneOut(voicesIn(), process.argv.slice(2).filter((a) => !a.startsWith('--')));
const skip = new Set(['note','topic','reason','approx','act','p','choices','audience','beneficiaries','donor','evidence','external','time_in','time_out','half','pieces','set']);
const f = (r: any) => { const o: any = plainly(r); return Object.fromEntries(Object.entries(o).filter(([k, v]) => v !== undefined && !skip.has(k))); };
const sh = (x: any) => JSON.stringify(x).replaceAll('2026-', '').replaceAll('晓街乡万佑九年一贯制学校', '万佑').replaceAll('"', '');
for (const s of [...scores.values()].flat()) {
  if (all ? s.exact : s.oneTap && !s.falseRecord || (!s.report && s.exact)) continue;
  console.log(`${s.item.id} ${s.falseRecord ?? ''} ${s.item.text.replaceAll('\n', '⏎')}`);
  const w = s.item.readings.map(f), g = s.readings.map(f);
  const same = w.length === g.length && w.every((x: any, i: number) => x.kind === g[i].kind && x.status === g[i].status);
  if (same) w.forEach((x: any, i: number) => { const y: any = g[i]; const d = [...new Set([...Object.keys(x), ...Object.keys(y)])].filter((k) => JSON.stringify(x[k]) !== JSON.stringify(y[k])); if (d.length) console.log(`    ${i} ${x.kind}: ` + d.map((k) => `${k} want ${sh(x[k] ?? null)} read ${sh(y[k] ?? null)}`).join(' · ')); });
  else { console.log('    want ' + w.map(sh).join('  ')); console.log('    read ' + s.readings.map((r) => sh(f(r)) + (r.act === 'confirm' ? '?' : '') + r.p?.toFixed(2)).join('  ') + (s.leftover ? ' LEFT' : '')); }
}
