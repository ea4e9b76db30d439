import { leaveOneOut } from './test/reading/leave-out.ts';
import { voicesIn } from './scripts/training/examples.ts';
const scores = [...leaveOneOut(voicesIn(), process.argv.slice(2)).values()].flat();
const n = scores.length, rep = scores.filter((s) => s.report).length;
const tests: Record<string, (s: any) => boolean> = {
  base: () => false,
  dates: (s) => s.readings.some((r: any) => r.dates?.length > 1),
  times: (s) => s.readings.some((r: any) => (r.times ?? 1) > 1 || (r.per_pupil_times ?? 1) > 1),
  multi3: (s) => s.readings.length > 2,
  p5: (s) => s.readings.some((r: any) => r.p < 0.5),
  p8: (s) => s.readings.some((r: any) => r.p < 0.8),
  p9: (s) => s.readings.some((r: any) => r.p < 0.9),
  len50: (s) => s.item.text.length > 50,
  len35: (s) => s.item.text.length > 35,
  'times+p5': (s) => s.readings.some((r: any) => (r.times ?? 1) > 1 || r.p < 0.5),
  'times+p8': (s) => s.readings.some((r: any) => (r.times ?? 1) > 1 || r.p < 0.8),
  'times+p8+len50': (s) => s.item.text.length > 50 || s.readings.some((r: any) => (r.times ?? 1) > 1 || r.p < 0.8),
};
for (const [k, t] of Object.entries(tests)) {
  const ex = scores.filter((s) => s.report && s.exact && !t(s)).length, fr = scores.filter((s) => s.falseRecord && !t(s)).length, wd = scores.filter((s) => s.wrongDate && !t(s)).length;
  console.log(k.padEnd(16), 'exact', (100 * ex / rep).toFixed(1), 'false', (100 * fr / n).toFixed(2), 'wdate', (100 * wd / n).toFixed(2));
}
const c: any = {}; for (const s of scores) if (s.falseRecord) c[s.falseRecord] = (c[s.falseRecord] ?? 0) + 1; console.log(c);
