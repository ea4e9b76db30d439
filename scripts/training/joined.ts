import type { Case } from '../../test/reading/corpus.ts';

const LINKS = ['，然后', '，还', '；', '，接着', '，又', '、', '然后', '，', '。', '，下午', '完了又'];
/** How many to join, and how long the parts may be. */
const MANY = 1200;
const LONGEST = 24;

/** Joins two short reports into one message, because the corpus has few of those: one report must not hide the other. */
export function joined(cases: Case[], random: () => number): Case[] {
  const short = cases.filter(
    ({ text, readings, as, at, extra }) =>
      text.length <= LONGEST &&
      readings.length === 1 &&
      readings[0]!.status === 'done' &&
      !as &&
      !at &&
      !extra &&
      !/[\n?？:：]/u.test(text),
  );
  if (short.length < 2) return [];
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)]!;
  const plain = (text: string) => text.replace(/[。，！!~～,.\s]+$/u, '');
  return Array.from({ length: MANY }, (_, k) => {
    const [one, other] = [pick(short), pick(short)];
    const tail = random() < 0.5 ? other.text.replace(/^(?:今天|昨天|前天)(?:上午|下午|晚上)?/u, '') : other.text;
    return {
      id: `joined-${k}`,
      text: plain(one.text) + pick(LINKS) + tail,
      readings: [...one.readings, ...other.readings],
    };
  }).filter(({ readings: [one, other] }) => one!.kind !== other!.kind);
}
