/**
 * Rehearses one term of a county (60 schools, 2,000 teachers, 6,000 pupils in care) without any report and with everybody keeping
 * up, next to deriving the year's duties, with which both begin. Medians of the rounds. `--quick`: a twentieth of a county.
 */
import { addDays } from '../src/plan/dates.ts';
import type { DoneFrom } from '../src/plan/notices/course.ts';
import type { Obligation } from '../src/plan/obligation.ts';
import { deriveObligations } from '../src/plan/obligations.ts';
import { type Rehearsal, rehearsing } from '../src/plan/rehearse.ts';
import { checkpointsOf } from '../src/plan/standing.ts';
import { finished } from '../src/plan/steps.ts';
import { countyOf } from './support/county.ts';
import { median, printResult, ratio, rounded, timed } from './support/print.ts';

const quick = process.argv.includes('--quick');
const SCALE = quick ? 0.05 : 1;
const ROUNDS = 3;

/** Progress that is always eight days ahead of the checkpoints. */
const ahead = (o: Obligation): DoneFrom[] =>
  checkpointsOf(o).map(({ date, wanted }) => ({ on: addDays(date, -8), done: wanted }));

let rehearsal: Rehearsal | undefined;
const rehearsed = (progress?: typeof ahead) => () => {
  const programme = countyOf(SCALE);
  const { start, end } = programme.terms[0]!;
  rehearsal = finished(rehearsing(programme, { start, end }, { progress }));
};
const questions: { question: string; work: () => void; took: number[]; rehearsal?: Rehearsal }[] = [
  {
    question: 'duties of a school year',
    work: () => {
      const programme = countyOf(SCALE);
      deriveObligations(programme, programme.terms[0]!.start);
    },
    took: [],
  },
  { question: 'a term, nobody reports anything', work: rehearsed(), took: [] },
  { question: 'a term, everybody keeps up', work: rehearsed(ahead), took: [] },
];
for (let round = 0; round < ROUNDS; round++)
  for (const one of questions) {
    rehearsal = undefined;
    one.took.push(await timed(one.work));
    one.rehearsal = rehearsal;
  }

const deriving = median(questions[0]!.took);
const rows = questions.map(({ question, took, rehearsal }) => ({
  question,
  seconds: rounded(median(took) / 1_000, 2),
  '÷ duties': ratio(median(took), deriving),
  messages: rehearsal?.messages,
  'busiest day': rehearsal?.busiest?.messages,
  'most for one person': rehearsal?.byPerson[0]?.messages,
  'most in a month': rehearsal && Math.max(...rehearsal.months.map((m) => m.calls)),
}));
printResult('rehearse', rows, { counties: SCALE, rounds: ROUNDS });
