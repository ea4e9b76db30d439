/**
 * Rehearses one term of a county (60 schools, 2,000 teachers, 6,000 pupils in care) where nobody reports anything and where everybody
 * keeps up, beside deriving the duties of the year, which both begin with. Medians of the rounds. `--quick`: a twentieth of a county.
 */
import { addDays } from '../src/plan/dates.ts';
import type { DoneFrom } from '../src/plan/notices/course.ts';
import type { Obligation } from '../src/plan/obligation.ts';
import { deriveObligations } from '../src/plan/obligations.ts';
import { type Rehearsal, rehearsing } from '../src/plan/rehearse.ts';
import { checkpointsOf } from '../src/plan/standing.ts';
import { finished } from '../src/plan/steps.ts';
import { countyOf } from './support/county.ts';
import { median, ratio, rounded, tell, timed } from './support/tell.ts';

const quick = process.argv.includes('--quick');
const SCALE = quick ? 0.05 : 1;
const ROUNDS = 3;

/** Somebody who is always eight days ahead of the checkpoints. */
const ahead = (o: Obligation): DoneFrom[] =>
  checkpointsOf(o).map(({ date, wanted }) => ({ on: addDays(date, -8), done: wanted }));

let came: Rehearsal | undefined;
const rehearsed = (progress?: typeof ahead) => () => {
  const programme = countyOf(SCALE);
  const { start, end } = programme.terms[0]!;
  came = finished(rehearsing(programme, { start, end }, { progress }));
};
const questions: { question: string; work: () => void; took: number[]; came?: Rehearsal }[] = [
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
    came = undefined;
    one.took.push(await timed(one.work));
    one.came = came;
  }

const deriving = median(questions[0]!.took);
const rows = questions.map(({ question, took, came }) => ({
  question,
  seconds: rounded(median(took) / 1_000, 2),
  '÷ duties': ratio(median(took), deriving),
  messages: came?.messages,
  'busiest day': came?.busiest?.messages,
  'most for one person': came?.byPerson[0]?.messages,
  'most in a month': came && Math.max(...came.months.map((m) => m.calls)),
}));
tell('rehearse', rows, { counties: SCALE, rounds: ROUNDS });
