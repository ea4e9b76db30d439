import { notice, type Texts } from '../../cards/index.ts';
import type { ActivityKind, Mode } from '../../plan/activity.ts';
import { kindsOf } from '../../plan/feeds.ts';
import type { Requirement } from '../../plan/plan.ts';
import { likelyKinds } from '../../reading/answers/likely-kinds.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command, Outcome } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { lastRecords } from '../report/which-record.ts';
import { recordsCard } from './record-cards.ts';

/** 电话算家访吗, 家访能不能用电话: whether a way of doing it counts. */
const WHETHER =
  /^(?<what>.{0,14}?)(?:(?:也|还)?(?:算不算|能不能算|可不可以算|是不是算|是否算|能算|可以算|算是|算)(?<kind>.{0,10}?)|(?:能不能|可不可以|可以|能)用(?<way>电话|视频|微信|线上|网络)(?:代替|来)?)(?:[吗么]|行吗|可以吗)?$/u;
/** 怎么才算送教, 什么样的算家访. */
const HOW =
  /^(?:怎么|怎样|咋样?|什么样的?|哪些|啥样?的?|如何)(?:做|样)?(?:才|就|都)?(?:能)?算(?:是|作)?(?<kind>.{2,8}?)$/u;
/** 这个为什么没算, 今年的计划怎么还没算上: answered from the record shown last. */
const WHY_NOT =
  /^(?<what>.{0,10}?)(?:为什么|为啥|怎么|咋)(?:还|都)?(?:没有?|不)(?:被)?(?:算|计|记|统计)(?:上|入|进去?|数)?(?:了)?$/u;

const WAYS: [RegExp, Mode][] = [
  [/电话|打个?话|通话/u, 'phone'],
  [/视频|微信|线上|网络|网上/u, 'online'],
  [/上门|去家里|到家/u, 'visit'],
];

const THIS = /^(?:这|那|刚才|上一?条|刚刚)(?:条|个|次|一?条|的)?/u;

interface Asked {
  /** Refers to the record shown last. */
  last?: true;
  kind?: ActivityKind;
  way?: Mode;
}

/** The kind a question about counting names; without one, it is about the record shown last. */
export function countsAsked(text: string): Asked | undefined {
  const plain = plainQuestion(text);
  if (/[，,。]/.test(plain)) return undefined;
  const found =
    HOW.exec(plain) ??
    WHY_NOT.exec(plain) ??
    (/[吗么?？]|算不算|能不能|可不可以|是不是|是否/u.test(text) ? WHETHER.exec(plain) : null);
  if (!found) return undefined;
  const { what = '', kind = '', way = '' } = found.groups ?? {};
  const meant = likelyKinds(kind)[0] ?? likelyKinds(what.replace(/电话|视频|微信/gu, ''))[0];
  if (THIS.test(what)) return { last: true };
  return { ...(meant && { kind: meant }), ...wayIn(`${what}${way}`) };
}

const wayIn = (text: string): Pick<Asked, 'way'> => {
  const way = WAYS.find(([words]) => words.test(text))?.[1];
  return way ? { way } : {};
};

/** 电话算家访吗, 怎么才算送教, 这条为什么没算: answered from the plans, or from what the last record counts for. */
export const whatCountsCommand: Command<Asked> = {
  name: 'what-counts',
  match: countsAsked,
  run: async (trx, facts, { last, kind, way }): Promise<Outcome> => {
    const kindAsked = last ? undefined : (kind ?? (way && 'home_visit'));
    const records = kindAsked ? [] : await lastRecords(trx, facts);
    if (records.length > 0) return { say: () => recordsCard(trx, facts, records) };
    return { say: () => rules(facts, kindAsked, way) };
  },
};

function rules({ programme, t }: Facts, kind: ActivityKind | undefined, way: Mode | undefined) {
  const all = programme.plans.flatMap((use) => use.plan.requirements);
  const asking = kind ? all.filter((r) => kindsOf(r).includes(kind)) : [];
  if (!kind || asking.length === 0)
    return notice(
      { title: t.counting.title, text: kind ? t.counting.none(t.kinds[kind]) : t.counting.say, withTasks: true },
      t,
    );
  const lines = asking.slice(0, 6).map((r) => ruleOf(r, way, t));
  return notice({ title: t.counting.of(t.kinds[kind]), text: [...new Set(lines)].join('\n'), withTasks: true }, t);
}

function ruleOf(r: Requirement, way: Mode | undefined, t: Texts): string {
  const modes = r.accepts?.mode;
  const counts = way && t.counting.whether(t.modes[way], modes === undefined || modes.includes(way));
  const which = modes ? t.counting.modes(modes.map((m) => t.modes[m]).join(t.comma)) : undefined;
  const topics = r.accepts?.topic ? t.counting.topics(r.accepts.topic.join(t.comma)) : undefined;
  return [r.title, counts ?? which, topics].filter(Boolean).join('：');
}
