import { addDays, daysBetween } from '../../src/plan/dates.ts';
import type { Reading } from '../../src/reading/types.ts';
import type { Case } from '../../test/reading/corpus.ts';

const LINKS = [
  '，然后',
  '，还',
  '；',
  '，接着',
  '，又',
  '。',
  '，',
  '。',
  '，下午',
  '。下午',
  '\n',
  '\n',
  ' ',
  '，另外',
  '，完了',
  '。后来',
  '然后',
  '，晚上',
  '，也',
  '。',
];
const LONGEST = 110;

/** Messages of one sender put together, because people tell several things at once more often than the sets show. */
export function joined(cases: Case[], random: () => number, share: number): Case[] {
  const bySender = new Map<string, Case[]>();
  for (const item of cases) {
    if (item.text.length > 80 || /[:：|｜\t]|\n/u.test(item.text)) continue;
    if (item.readings.some(({ status }) => status === 'question' || status === 'correction' || status === 'cancel'))
      continue;
    const key = item.as ?? '';
    bySender.set(key, [...(bySender.get(key) ?? []), item]);
  }
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!;
  const pools = [...bySender.values()].filter((list) => list.filter((item) => item.readings.length > 0).length > 3);
  if (pools.length === 0) return [];
  const out: Case[] = [];
  const many = Math.round(cases.length * share);
  for (let k = 0; k < many * 3 && out.length < many; k += 1) {
    const pool = pick(pools);
    const reports = pool.filter((item) => item.readings.length > 0);
    const silent = pool.filter((item) => item.readings.length === 0);
    const one = pick(reports);
    const other = random() < 0.3 && silent.length > 0 ? pick(silent) : pick(reports);
    const parts = random() < 0.5 ? [one, other] : [other, one];
    if (random() < 0.2) parts.push(pick(reports));
    if (new Set(parts).size < parts.length) continue;
    const [first] = parts;
    const today = (first!.at ?? '2026-11-20').slice(0, 10);
    let text = plain(first!.text);
    for (const part of parts.slice(1)) {
      const tail =
        random() < 0.4 ? part.text.replace(/^(?:今天|昨天|前天|今早|今晚|昨晚)(?:上午|下午|晚上)?/u, '') : part.text;
      text += pick(LINKS) + plain(tail);
    }
    if (text.length > LONGEST) continue;
    out.push({
      id: `joined-${out.length}`,
      text,
      as: first!.as,
      at: first!.at,
      extra: first!.extra,
      readings: parts.flatMap((part) => moved(part, today)),
    });
  }
  return out;
}

const plain = (text: string) => text.replace(/[，。；！!~～,.\s]+$/u, '');

/** The readings as if they had been written on another day. */
function moved(item: Case, today: string): Partial<Reading>[] {
  const by = daysBetween((item.at ?? '2026-11-20').slice(0, 10), today);
  const shift = (day: string | undefined) => day && addDays(day, by);
  return item.readings.map((r) => ({
    ...r,
    ...(r.date ? { date: shift(r.date) } : {}),
    ...(r.date_from ? { date_from: shift(r.date_from), date_to: shift(r.date_to) } : {}),
    ...(r.dates ? { dates: r.dates.map((day) => shift(day)!) } : {}),
  }));
}
