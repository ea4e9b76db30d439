import type { ActivityKind } from '../../plan/activity.ts';
import type { Ymd } from '../../plan/dates.ts';
import { datesOf } from '../tokens/when.ts';
import { normalise } from '../text/normalise.ts';
import { nameRosterOf } from '../tokens/roster.ts';
import { tokenise } from '../tokens/tokens.ts';
import type { ReadAt, ReaderKnows } from '../types.ts';

interface Rule {
  name: ActivityKind;
  says: string;
  when: RegExp;
}

/** How people refer to a record that they have made. */
export const NAMED_RECORDS: Rule[] = [
  { name: 'talk', says: '是周丽华谈的话', when: /谈话|谈心|谈的|聊的/u },
  { name: 'observe', says: '刚才听课的那条', when: /听课|评课|听的|听了.{0,8}课/u },
  { name: 'demo_lesson', says: '昨天上的课', when: /送教|上课|示范课|公开课|上的|讲的课/u },
  { name: 'home_visit', says: '家访的是小雨', when: /家访|电访/u },
  { name: 'study_guidance', says: '学法指导', when: /学法|学习方法|辅导/u },
  { name: 'lecture', says: '讲座那条', when: /讲座/u },
  { name: 'joint_prep', says: '备课那条', when: /备课|教研/u },
  { name: 'donation', says: '捐赠的那条', when: /捐/u },
  { name: 'training', says: '培训那条', when: /培训/u },
  { name: 'exam', says: '联考那条', when: /联考|考试/u },
  { name: 'meeting', says: '会议那条', when: /会议|座谈/u },
];

/** The record that a correction or withdrawal refers to, as far as it says: kinds of activity, and days up to today. */
export function aboutRecord(said: string, at: ReadAt, knows: ReaderKnows): { kinds: ActivityKind[]; days: Ymd[] } {
  const text = normalise(said);
  const { days } = datesOf(tokenise(text, nameRosterOf(knows)), text, at.today, 'past');
  return { kinds: NAMED_RECORDS.filter(({ when }) => when.test(text)).map(({ name }) => name), days };
}
