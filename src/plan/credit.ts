/** What an obligation's activities come to: DESIGN section 6 "Credit", with the reason for whatever is left out. */
import type { Activity } from './activity.ts';
import type { Ymd } from './dates.ts';
import { doersOf, feeds, kindsOf, schoolOf } from './feeds.ts';
import { measured } from './measures.ts';
import type { Credit, Obligation } from './obligation.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';
import { alive } from './spells.ts';
import { countsDays, isTooLong, LONGEST_STAY_DAYS, lastDay } from './stays.ts';

const STATUS_REASON: Partial<Record<Activity['status'], string>> = {
  planned: '还只是计划',
  attempted: '没有做成',
  cancelled: '已取消',
  withdrawn: '已撤回',
};

const SUBJECT_REASON: Record<Obligation['subject']['kind'], string> = {
  teacher: '不是本人参加的',
  leader: '不是本人参加的',
  principal: '不是本人参加的',
  care: '没有写到这名学生，或不是帮扶教师所做',
  mentorship: '没有同时写到师徒二人',
  school: '不是本校人员所做',
  district: '不是本区人员所做',
  pairing: '不是这一对学校、这一方所做',
};

/** Why an activity does not count for an obligation on its own, or undefined where it may. */
const refusal = (o: Obligation, activity: Activity, programme: Programme, end: Ymd): string | undefined => {
  const { requirement, period } = o;
  if (!kindsOf(requirement).includes(activity.kind)) return '活动类型不同';
  const status = STATUS_REASON[activity.status];
  if (status) return status;
  if (activity.confirmation === 'disputed') return '对方有异议';
  const lasting = countsDays(requirement);
  if (lasting && isTooLong(activity)) return `一次写了超过${LONGEST_STAY_DAYS}天，请按学年分开写`;
  const last = lasting ? lastDay(activity) : activity.date;
  if (last < period.start) return '早于本期';
  if (activity.date > period.end) return '晚于本期';
  if (activity.date > end) return '日期还没到';
  const { mode, role, topic } = requirement.accepts ?? {};
  if (mode && !mode.includes(activity.mode ?? 'visit')) return '方式不在认可之列';
  if (role && activity.role !== undefined && !role.includes(activity.role)) return `要求的是${role.join('或')}`;
  if (topic && activity.topic !== undefined && !topic.some((word) => activity.topic!.includes(word)))
    return `内容不是${topic[0]}`;
  if (!feeds(programme, activity).some((key) => o.feedKeys.includes(key))) return SUBJECT_REASON[o.subject.kind];
  return undefined;
};

/** People who count for a side: those of the obliged schools. Others, such as listeners at the other school, do not. */
const peopleIn = (o: Obligation, activity: Activity, programme: Programme): string[] => {
  const roster = rosterOf(programme);
  const keys = o.feedKeys;
  const pairing = o.subject.kind === 'pairing' ? roster.pairing.get(o.subject.id) : undefined;
  if (pairing) {
    const schools = [
      ...(keys.includes(`pairing:${pairing.id}:supporter`) ? [pairing.supporterId] : []),
      ...(keys.includes(`pairing:${pairing.id}:recipient`) ? [pairing.recipientId] : []),
    ];
    return doersOf(activity).filter((id) => schools.includes(schoolOf(roster, id) ?? ''));
  }
  if (o.subject.kind === 'school') return doersOf(activity).filter((id) => schoolOf(roster, id) === o.subject.id);
  return doersOf(activity);
};

/** Pupils an activity is about; all of the doer's where the report says so. */
const pupilsIn = (activity: Activity, programme: Programme): string[] => {
  const { caresOfMentor } = rosterOf(programme);
  const assigned = activity.allAssigned ? (caresOfMentor.get(activity.byId) ?? []) : [];
  const living = assigned.filter((c) => alive(c, activity.date));
  return [...new Set([...activity.pupilIds, ...living.map((c) => c.pupilId)])];
};

/**
 * What `activities` come to for `obligation`, up to and including `until` (default: its last day). `counted` and
 * `notCounted` hold activity ids in order of date; every activity given is in exactly one of them.
 */
export const credit = (obligation: Obligation, activities: Activity[], programme: Programme, until?: Ymd): Credit => {
  const { period } = obligation;
  const end = until !== undefined && until < period.end ? until : period.end;
  const notCounted: Credit['notCounted'] = [];
  const eligible: Activity[] = [];
  const inOrder = activities.toSorted((a, b) =>
    a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1,
  );
  for (const activity of inOrder) {
    const reason = refusal(obligation, activity, programme, end);
    if (reason) notCounted.push({ activityId: activity.id, reason });
    else eligible.push(activity);
  }
  const came = measured(obligation.requirement.measure, eligible, {
    range: { start: period.start, end },
    subject: obligation.subject.kind,
    people: (activity) => peopleIn(obligation, activity, programme),
    pupils: (activity) => pupilsIn(activity, programme),
    programme,
  });
  const left = new Map(came.left);
  return {
    done: came.done,
    counted: eligible.filter((a) => !left.has(a.id)).map((a) => a.id),
    notCounted: [...notCounted, ...came.left.map(([activityId, reason]) => ({ activityId, reason }))],
  };
};

export { feeds } from './feeds.ts';
