import type { Verdict } from '../judge/judge.ts';
import type { Script } from '../structure/pieces.ts';
import { NO_ANSWER } from '../tables/failure.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { isPupil } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';

/** What may stand between a pupil's name and the outcome: 李雨那边因为. */
const LEAD =
  '^(?:家|那[边里]|这边|的|呢|么|倒|本来|今天|昨天|上午|下午|周[一二三四五六日]|\\d{1,2}[号日]|因为?|这[天次]|[则却又也就,(: ]){0,6}';
/** No one was home, no one picked up, or the sender let it be. */
const NOBODY = `家?里?(?:没(?:有)?人(?!管)|门?锁[着了])|大门|门锁|没(?:能)?(?:有)?(?:见|找|遇|碰|谈|去|访|聊|辅导|补|敢去|顾上|进去|做)|未(?:谈|见|访|能)|[谈去访聊]不[了成着]|是?(?:${NO_ANSWER})|走亲戚`;
/** The pupil was away: a visit to the family can still take place. */
const AWAY = '|请了?[病事]?假|生病|发烧|肚子疼|溜|外出|还没|缺席|不在|跑去|没(?:来|到|在)|未到';
/** Unmistakable even some words after the name, unless those words say that the pupil was met. */
const PLAINLY =
  /^(?:(?!谈了|聊了|说|讲|[去打补访见坐][了过到]|[。;!?\n]).){0,20}?(?:没敢去|没打扰|没[谈去访聊找见]成|没[找见碰遇]着|[谈去访聊]不[了成]|没人接|[没未]接通|一[次回]都?(?:没|还没))/u;
const MISSED_VISIT = new RegExp(`${LEAD}(?:${NOBODY})`, 'u');
const MISSED = new RegExp(`${LEAD}(?:${NOBODY}${AWAY})`, 'u');

const nextPupil = (tokens: readonly Token[], at: number): Token | undefined =>
  tokens.find((token) => token.start >= at && isPupil(token));

/** 王小明谈了，李雨请假没来: splits off a reading for the pupils who were not met (reading.md, 9). */
export function halfDone(
  reading: Reading,
  { span }: Verdict,
  { tokens, pieces, text }: Script,
  others: readonly Reading[],
): Reading[] {
  const { kind, status, pupils = [] } = reading;
  if (!PUPIL_KINDS.has(kind) || status !== 'done' || pupils.length === 0) return [reading];
  const until = pieces[span.next]?.start ?? text.length;
  const missed = new Set<string>();
  for (const { named, start, end } of tokens) {
    const [name] = named?.pupils ?? [];
    if (name === undefined || named!.pupils.length > 1 || start < pieces[span.from]!.start || start >= until) continue;
    const said = text.slice(end, Math.min(until, nextPupil(tokens, end)?.start ?? until));
    if (PLAINLY.test(said) || (kind === 'home_visit' ? MISSED_VISIT : MISSED).test(said)) missed.add(name);
  }
  const elsewhere = (name: string) =>
    others.some((other) => other !== reading && other.kind === kind && other.pupils?.includes(name));
  const failed = [...missed].filter((name) => !elsewhere(name));
  const held = pupils.filter((name) => !failed.includes(name));
  if (failed.length === 0 || held.length === 0) return [reading];
  const { times, per_pupil_times: _per, note: _note, lessons: _lessons, ...rest } = reading;
  const fewer = times !== undefined && times === pupils.length && held.length < times ? { times: held.length } : {};
  return [
    { ...reading, pupils: held, ...fewer },
    { ...rest, status: 'not_done', pupils: failed },
  ];
}
