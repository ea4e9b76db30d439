/** `node test/stories/plans/score.ts [PLAN…]`: what comes of each sentence of first-sight.yaml, and how many are right. */
import { firstSight, SAID } from './first-sight.ts';

const asked = process.argv.slice(2);
const sums: Record<string, Record<string, number>> = {};
for (const plan of asked.length > 0 ? asked : Object.keys(SAID)) {
  const sum: Record<string, number> = { right: 0, asked: 0, unread: 0, 'wrong answer': 0, 'wrong record': 0 };
  for (const { said, verdict, grew, kinds, answer } of await firstSight(plan)) {
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
