/** `node test/stories/plans/score.ts [1|2] [PLAN…]`: what comes of each sentence of a set, and how many are right. */
import { firstSight, SETS } from './first-sight.ts';

const [number = '1', ...asked] = process.argv.slice(2);
const set = SETS[Number(number) - 1]!;
const sums: Record<string, Record<string, number>> = {};
for (const plan of asked.length > 0 ? asked : Object.keys(set)) {
  const sum: Record<string, number> = { right: 0, asked: 0, unread: 0, 'wrong answer': 0, 'wrong record': 0 };
  for (const { said, verdict, grew, kinds, answer } of await firstSight(plan, set)) {
    sum[verdict]! += 1;
    if (verdict === 'right') continue;
    console.info(
      `${verdict} · ${plan} ${said.at} ${said.as}「${said.say}」 ${JSON.stringify(grew)} ${kinds}\n${answer}\n`,
    );
  }
  sums[plan] = sum;
}
console.table(sums);
process.exit(0);
