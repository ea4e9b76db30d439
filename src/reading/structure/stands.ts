import { has, isAttendance, isPerson, isPupil, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import { withPartner } from './whom.ts';

const NEEDS_SUPPORT: ReadonlySet<string> = new Set([
  '月考',
  '期中考试',
  '期末考试',
  '期中考',
  '期末考',
  '考试',
  '监考',
  '阅卷',
  '改卷',
  '批卷',
  '会议',
  '开了会',
  '开完会',
  '开了个会',
  '开会',
  '命题会',
  '分析会',
  '校长会',
  '通气会',
  '例会',
  '座谈',
  '教研',
  '总结会',
  '考察',
  '报告会',
]);

/** Whether a word for a kind means that the activity happened, not only that it exists: 家访记录, 送教的照片, 课题的事 do not. */
export function standsAlone(clause: Token[], at: number, all: Token[]): boolean {
  const token = clause[at]!;
  if (token.kind === 'document') return false;
  // 跟班 without a school: a class teacher's own duty.
  if (token.text === '跟班' && !all.some((other) => isSchool(other) || has(other, 'partner'))) return false;
  if (isAttendance(token) && !all.every((other) => !other.kind || other.kind === 'secondment')) return false;
  if (clause.some((other, k) => has(other, 'ask', 'failed') || (has(other, 'replanned') && clause[k + 1]?.date)))
    return true;
  if (isAttendance(token) && ownDuty(clause, all)) return false;
  if (token.kind === 'talk') return talkStands(clause, at);
  const next = clause[at + 1];
  const gap = next ? next.start - token.end : 9;
  if (
    next &&
    gap <= 1 &&
    has(next, 'mention') &&
    (token.kind !== 'donation' || /名单|通知|记录|照片|倡议/u.test(next.text)) &&
    !followedByCount(clause, at + 1) &&
    !(
      /^(?:活动|任务|工作)$/u.test(next.text) &&
      clause.slice(0, at).some((other) => /^(?:完成|开展)了?$/u.test(other.text))
    ) &&
    !headsLog(all, next)
  )
    return false;
  // 课题《春望》: the title of the lesson.
  if (token.text === '课题' && next && gap <= 1 && (next.type === 'title' || next.text === ':')) return false;
  if (token.kind === 'research' && token.text.includes('教研'))
    return clause.length > 1 && !/^[组室员]/u.test(next && gap === 0 ? next.text : '');
  if (token.kind === 'research')
    return clause.some((other) => other.verbs?.has('study') || other.verbs?.has('hold')) || token.text.length > 2;
  if (token.text === '家长会') return withPartner(all);
  if (!NEEDS_SUPPORT.has(token.text)) return true;
  // 因为开会没去: the reason, not the activity.
  if (token.text === '开会' && clause.slice(0, at).some((other) => has(other, 'because'))) return false;
  if (token.text === '座谈' && (all.some(isSchool) || clause.some((other) => has(other, 'together', 'own'))))
    return true;
  return clause.some(
    (other, k) =>
      k !== at &&
      (other.verbs?.has('hold') || isSchool(other) || has(other, 'joint', 'partner') || other.count?.unit === 'times'),
  );
}

/** 护学岗7点到岗, 王晓琳到岗了: an ordinary day at school, of the sender or a colleague. */
function ownDuty(clause: Token[], all: Token[]): boolean {
  if (all.some((token) => /护学|值班|值周|执勤/u.test(token.text))) return true;
  const stays = all.some((token) => isSchool(token) || (token.kind === 'secondment' && !isAttendance(token)));
  return (
    !stays && clause.some(isPerson) && !all.some((token) => token.type === 'clock' || has(token, 'me', 'toBot', 'late'))
  );
}

/** 送教小结: 周一…一节, 周四…一节: the heading of a log names what its lines count. */
function headsLog(all: Token[], word: Token): boolean {
  const at = all.indexOf(word);
  const lines = all.slice(at + 1);
  // 听课教师: 何俊, 日期: 11.17 is part of a form.
  if (/^(?:教师|老师|时间|日期|学生|对象|内容|地点)$/u.test(word.text))
    return lines[0]?.text === ':' && lines.some((token) => token.date) && lines.some((token) => token.type === 'name');
  if (!/^(?:小结|总结|记录|情况|汇总)$/u.test(word.text)) return false;
  return (
    lines[0]?.text === ':' &&
    lines.some((token) => token.date) &&
    lines.some((token) => token.count?.unit === 'lessons' || token.count?.unit === 'times') &&
    !lines.some((token) => token.kind)
  );
}

function followedByCount(clause: Token[], at: number): boolean {
  const next = clause[at + 1];
  return (
    next?.count?.unit === 'times' && next.start === clause[at]!.end && /^(?:活动|任务|工作)$/u.test(clause[at]!.text)
  );
}

/** Talking with colleagues or superiors is not a 谈话 of the programme. */
function talkStands(clause: Token[], at: number): boolean {
  if (clause.some((token) => isPupil(token) || has(token, 'pupil', 'everyone'))) return true;
  if (clause[at]!.text.includes('聊天')) return false;
  return !clause.some(
    (token) =>
      (token.type === 'name' && token.named && !isSchool(token)) || has(token, 'teacherWord', 'ownLife', 'kin'),
  );
}
