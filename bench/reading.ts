import { zh } from 'chrono-node';
import { read } from '../src/reading/read.ts';
import { casesIn, knownBy } from '../test/reading/corpus.ts';

// The reader's pace on one core, beside a baseline that only finds dates: chrono-node's Chinese parser on the same
// text. Prints one line per contender and one line of JSON.
const GOAL = 5000;
const WARM_UP = 6_000_000;
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

/**
 * Messages per second of one core's time, what the engine compiles and collects included: the median of five runs of half
 * a second, after as long as the engine takes until nothing more is compiled anew.
 */
function pace(round: () => void): number {
  run(WARM_UP, round);
  const paces = Array.from({ length: 5 }, () => run(500_000, round)).sort((a, b) => a - b);
  return Math.round(paces[2]!);
}

function run(microseconds: number, round: () => void): number {
  const start = process.cpuUsage();
  let rounds = 0;
  let spent = 0;
  while (spent < microseconds) {
    round();
    rounds += 1;
    const { user, system } = process.cpuUsage(start);
    spent = user + system;
  }
  return (rounds * cases.length * 1_000_000) / spent;
}

function ratio(one: number, other: number): number {
  return Math.round((one / other) * 100) / 100;
}
