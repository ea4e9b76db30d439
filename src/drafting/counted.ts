/** Finds what the numbers of a segment count. */
import { type DemandReading, isNeverCountedInPeople } from './demand.ts';
import { titled } from './headings.ts';
import type { ActMark, CountMark } from './marks.ts';
import type { Pending } from './pending.ts';
import { ASKS } from './rules/asked.ts';
import { BY_UNIT } from './rules/kinds.ts';
import { type DocumentSegment, exact, groups, onlyCounts } from './segment.ts';
import { addDemands, draftPending, type SentenceState } from './sentence-state.ts';

/** Pairs each number of a segment with the activity before it, after it or named earlier. False if they count nothing. */
export function takeCounts(segment: DocumentSegment, state: SentenceState): boolean {
  const { text, periods, acts } = segment;
  if (whatIsCounted(segment, state).length === 0) return false;
  if (isTotal(segment, state)) return true;
  if (state.pending && goesElsewhere(segment, state.pending)) draftPending(state);
  if (acts.length > 0 && !acts.every((a) => a.rule.wide)) goOn(state, segment);
  const countable = whatIsCounted(segment, state);
  const inSegment = acts.length > 0 && countable === acts;
  for (const asked of groups(segment)) {
    const { counts, of } = asked;
    const count = counts[0]!;
    const counted = papersOf(count, inSegment ? of : countable);
    if (counted.length === 0) continue;
    const near = periods.findLast((p) => p.start < count.start) ?? periods[0] ?? state.period;
    const vague = state.scheduled && typeof near?.period === 'string' && near.rule.name === 'term';
    const period = vague ? state.period : asked.alone ? (exact(periods) ?? near) : near;
    const before = state.pending?.segment ?? (state.demands.length > 0 ? '' : state.sentence.under.at(-1));
    const words = inSegment ? asked.text : `${before ?? ''} ${text}`.trim();
    const reading: DemandReading = { acts: counted, count, counts, segment: words, ...(period && { period }) };
    addDemands(state, reading);
    state.last = counted;
  }
  state.pending = undefined;
  state.counted = true;
  return true;
}

/** 蹲点手记 3 篇 are papers, whatever they are about; 礼物一份 is not. */
function papersOf(count: CountMark, acts: ActMark[]): ActMark[] {
  const fits = acts.some(({ rule }) => rule.gives === 'document' || rule.gives === 'donation');
  if (count.measure !== 'documents' || acts.length === 0 || fits) return acts;
  return [{ rule: { ...BY_UNIT.documents!, doubt: undefined }, text: '', start: count.start, end: count.start }];
}

/** The activities that a segment's numbers count, even if it names none itself. */
function whatIsCounted(segment: DocumentSegment, state: SentenceState): ActMark[] {
  const { acts, counts } = segment;
  if (acts.length > 0 && !acts.every((a) => a.rule.wide)) return acts;
  const people = counts.every((c) => c.measure === 'people' || c.measure === 'pupils');
  // 召开表彰会，表彰 15 名: the number does not count meetings.
  if (state.pending) return people && state.pending.acts.every(isNeverCountedInPeople) ? [] : state.pending.acts;
  if (state.demands.length > 0) {
    // The people who take part in it; but 每学期派名师2人次 is a separate demand.
    if (people && (acts.length === 0 || segment.periods.length === 0)) return [];
    if (acts.length === 0 && onlyCounts(segment)) return state.last;
  } else {
    // An article's chapter covers more than the article.
    const titles = /条$/.test(state.sentence.place) ? [] : titled(state.sentence);
    if (titles.length > 0) return titles;
  }
  return acts.length > 0 ? acts : byUnit(segment);
}

/** 派出教师驻园，每周参与活动 3 次: the number of occasions does not count the people sent. */
const goesElsewhere = ({ counts, periods, acts }: DocumentSegment, pending: Pending): boolean =>
  acts.length > 0 &&
  periods.length > 0 &&
  pending.acts.every((a) => a.rule.measure === 'people') &&
  counts.every((c) => c.measure === 'times' || c.measure === 'lessons');

/** 每学期开展红歌赛 2 次: required and timed, but no rule knows the activity. */
function byUnit({ text, counts, periods }: DocumentSegment): ActMark[] {
  const [count] = counts;
  // 社团 2 个 counts things.
  const asked = counts.length === 1 && count!.unit.name !== 'pieces' && periods.length > 0 && ASKS.test(text);
  const rule = asked ? BY_UNIT[count!.measure] : undefined;
  return rule ? [{ rule, text: '', start: count!.start, end: count!.start }] : [];
}

/** 每学期每科 1 节，共 4 节: the sum replaces its parts; 总时长 12 学时 only says how long it takes. */
function isTotal({ text, counts, periods }: DocumentSegment, { demands }: SentenceState): boolean {
  const last = demands.at(-1);
  const [count] = counts;
  if (!last || periods.length > 0) return false;
  if (/总(?:时长|时数|学时|课时)/.test(text)) return true;
  if (!/^(?:总计|共计?(?!同)|合计)/.test(text) || count?.measure !== last.measure) return false;
  last.count = Math.max(1, Math.round(count.n * (count.unit.times ?? 1)));
  return true;
}

/** The next activity settles what was named before, except in 捐赠图书，折合 2 万元, where both are one gift. */
function goOn(state: SentenceState, segment: DocumentSegment): void {
  const before = state.pending?.acts[0]?.rule.gives;
  if (before === 'donation' && segment.counts[0]?.measure === 'yuan')
    segment.text = `${state.pending!.segment} ${segment.text}`;
  else draftPending(state);
}
