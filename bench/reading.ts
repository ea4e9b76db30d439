import { zh } from 'chrono-node';
import { read } from '../src/reading/read.ts';
import { casesIn, knownBy } from '../test/reading/corpus.ts';

// The reader's pace on one core, beside a baseline that only finds dates: chrono-node's Chinese parser on the same
// text. Prints one line per contender and one line of JSON.
const GOAL = 5000;
const AT = { today: '2026-11-20', time: '18:00' };
const cases = casesIn().map((item) => ({ text: item.text, knows: knownBy(item.as) }));
const noon = new Date('2026-11-20T12:00:00+08:00');

const reader = pace(() => {
  for (const { text, knows } of cases) read(text, AT, knows);
});
const chrono = pace(() => {
  for (const { text } of cases) zh.hans.parse(text, noon);
});
const result = {
  messages: cases.length,
  reader_per_second: reader,
  chrono_zh_per_second: chrono,
  reader_to_chrono: ratio(reader, chrono),
  goal: GOAL,
  reader_to_goal: ratio(reader, GOAL),
};

console.log(`reading: ${reader} messages/s (goal ${GOAL}, ×${result.reader_to_goal})`);
console.log(`chrono-node zh, dates only: ${chrono} messages/s (the reader runs at ×${result.reader_to_chrono} of it)`);
console.log(JSON.stringify(result));

/** Messages per second of one core's time: the best of five runs of half a second, after one to warm up. */
function pace(round: () => void): number {
  round();
  let best = 0;
  for (let run = 0; run < 5; run += 1) {
    const start = process.cpuUsage();
    let rounds = 0;
    let spent = 0;
    while (spent < 500_000) {
      round();
      rounds += 1;
      const { user, system } = process.cpuUsage(start);
      spent = user + system;
    }
    best = Math.max(best, (rounds * cases.length * 1_000_000) / spent);
  }
  return Math.round(best);
}

function ratio(one: number, other: number): number {
  return Math.round((one / other) * 100) / 100;
}
