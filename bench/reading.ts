/**
 * The reader's pace on one core, next to a baseline that only finds dates: chrono-node's Chinese parser on the same messages. They
 * alternate; medians of the rounds, in CPU time of this process.
 */
import { zh } from 'chrono-node';
import { read } from '../src/reading/read.ts';
import { casesIn, knownBy } from '../test/reading/corpus.ts';
import { median, printResult, ratio, rounded } from './support/print.ts';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 3 : 7;
const ROUND_US = quick ? 200_000 : 1_000_000;
const WARM_UP_US = quick ? 3_000_000 : 6_000_000;
const GOAL = 5_000;
const AT = { today: '2026-11-20', time: '18:00' };
const cases = casesIn().map((item) => ({ text: item.text, knows: knownBy(item.as) }));
const noon = new Date('2026-11-20T12:00:00+08:00');

const contenders: { name: string; all: () => void; paces: number[] }[] = [
  {
    name: 'the reader',
    all: () => {
      for (const { text, knows } of cases) read(text, AT, knows);
    },
    paces: [],
  },
  {
    name: 'chrono-node zh, dates only',
    all: () => {
      for (const { text } of cases) zh.hans.parse(text, noon);
    },
    paces: [],
  },
];
// Until the engine has compiled all hot code.
for (const { all } of contenders) pace(all, WARM_UP_US);
for (let round = 0; round < ROUNDS; round++) for (const { all, paces } of contenders) paces.push(pace(all));

const [reader, chrono] = contenders.map(({ paces }) => median(paces)) as [number, number];
const rows = [reader, chrono].map((perSecond, i) => ({
  contender: contenders[i]!.name,
  'messages/s': Math.round(perSecond),
  '÷ chrono': rounded(perSecond / chrono, 3),
  '÷ goal': ratio(perSecond, GOAL),
}));
printResult('reading', rows, { messages: cases.length, rounds: ROUNDS, goal: GOAL });

/** Messages per second of CPU time. */
function pace(all: () => void, forUs = ROUND_US): number {
  const start = process.cpuUsage();
  let times = 0;
  let spent = 0;
  while (spent < forUs) {
    all();
    times += 1;
    const { user, system } = process.cpuUsage(start);
    spent = user + system;
  }
  return (times * cases.length * 1_000_000) / spent;
}
