import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type Learned, type Weights, weightsOf, written } from '../../src/reading/judge/weights.ts';
import { Names } from './fit.ts';
import { learnGoods } from './goods.ts';
import { judgeOf, type Taught, taughtBy } from './judge.ts';
import { casesOf, isInManyWays, PLAIN, timesOf, type Voice } from './voices.ts';
import { learnSure, learnWays, type TriedWay, trialsOf, waysOf } from './ways.ts';

/** How far the judge can be trusted: which way to divide a message is right, and how sure a reading is. */
type Trust = Pick<Weights, 'ways' | 'sure'>;

/** How often plain sentences count when sureness is learned, because the sets are harder than what most people write. */
const PLAINLY = 3;

/**
 * Learns from voices that the judge has not seen: a judge trained without one half of them reads that half. How sure a reading is depends on
 * the way, so the ways of one half are judged by what the other teaches.
 */
function trustOf(voices: Voice[]): Trust {
  const names = new Names();
  const taught = taughtBy(voices, names);
  const tried = halvesOf(voices).map((half) => triedIn(half, taught, names));
  const byOther = [learnWays(choicesIn(tried[1]!)), learnWays(choicesIn(tried[0]!))];
  const trials = tried.flatMap((half, k) =>
    half.flatMap(({ voice, ways }) => {
      const own = ways.flatMap((one) => trialsOf(one, byOther[k]!));
      const often = voice.loose ? timesOf(voice) : PLAIN.has(voice.name) ? PLAINLY : 1;
      return Array.from({ length: often }, () => own).flat();
    }),
  );
  return { ways: learnWays(tried.flatMap(choicesIn)), sure: learnSure(trials) };
}

/** The same in a separate thread, because it takes as long as training the judge. */
export const trustBeside = (voices: Voice[]): Promise<Trust> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: voices });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

/** The voices that say how well the judge reads, in two halves. */
function halvesOf(voices: Voice[]): Voice[][] {
  const sets = voices.filter((voice) => !voice.known && !voice.loose && !isInManyWays(voice));
  const plain = voices.filter(({ name, loose }) => loose || PLAIN.has(name));
  return [[...sets.filter((_, k) => k % 2 === 0), ...plain], sets.filter((_, k) => k % 2 === 1)];
}

/** A voice with the ways to divide its messages, by a judge that has not seen it. */
interface Tried {
  voice: Voice;
  ways: TriedWay[][];
}

/** Reads some voices with a judge that all others teach. */
function triedIn(half: Voice[], taught: Taught[], names: Names): Tried[] {
  const others = taught.filter(({ voice }) => !half.includes(voice));
  const goods = learnGoods(casesOf(others.map(({ voice }) => voice)));
  const untried = { ways: new Map(), sure: { signs: new Map(), trees: [] } };
  const weights = weightsOf(
    JSON.parse(written({ from: '', ...judgeOf(others, names) }, { ...untried, goods })) as Learned,
  );
  return half.map((voice) => ({ voice, ways: voice.cases.map((item) => waysOf(item, weights, voice.loose)) }));
}

const choicesIn = (tried: Tried[]): TriedWay[][] => tried.flatMap(({ voice, ways }) => (voice.loose ? [] : ways));

if (!isMainThread) parentPort!.postMessage(trustOf(workerData as Voice[]));
