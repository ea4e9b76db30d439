/** Reads the sentences that the first edition kept in the bodies of duties as today's codes. */
import type { Activity } from '../plan/activity.ts';
import type { PeriodName } from '../plan/obligation.ts';
import type { Excuse } from '../plan/reasons.ts';
import { subscriptionsOf } from './members.ts';
import type { Tables } from './schema.ts';

/** A period of the first edition: `label` is Chinese, made from the period by fixed rules. */
export interface LabelledPeriod {
  kind: Exclude<PeriodName['kind'], 'week'>;
  label: string;
}

/** A period's name from its kind and Chinese label. */
export function periodOfLabel({ kind, label }: LabelledPeriod): PeriodName {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = (label.match(/\d+/g) ?? []).map(Number);
  const two = (n: number) => String(n).padStart(2, '0');
  switch (kind) {
    case 'term':
      return { kind, term: label };
    case 'fortnight': {
      const [, term = '', from, to] = /^(.*)第(\d+)–(\d+)周$/.exec(label) ?? [];
      return { kind, term, weeks: [Number(from), Number(to)] };
    }
    case 'month':
    case 'calendar_month':
      return { kind, month: `${first}-${two(second)}` };
    case 'school_year':
    case 'cycle':
      return { kind, year: first };
    case 'window':
      return { kind, year: first, from: `${two(second)}-${two(third)}`, to: `${two(fourth)}-${two(fifth)}` };
    case 'due':
      return { kind, by: label.slice(0, 10) };
    case 'once':
      return { kind };
  }
}

const DERIVED: Record<string, Excuse> = {
  本期在任不足一半时间: { code: 'short_service' },
  这两周没有上课日: { code: 'no_school_day' },
};

/** The excuses of a Chinese sentence that joined them by 「；」. */
export const excusesOfSentence = (sentence: string): Excuse[] =>
  sentence.split('；').map((excuse) => {
    if (DERIVED[excuse]) return DERIVED[excuse];
    const [, words] = /^请假(?:：(.*))?$/s.exec(excuse) ?? [];
    if (excuse.startsWith('请假') && (words !== undefined || excuse === '请假'))
      return { code: 'leave', ...(words !== undefined && { words }) };
    return { code: 'waiver', words: excuse };
  });

/** A row of the first edition with the columns that it lacks, filled from its text. */
export function withNewColumns(table: keyof Tables, row: Record<string, unknown>): Record<string, unknown> {
  if (table === 'member') return { ...row, ...subscriptionsOf(JSON.parse(String(row.settings))) };
  if (table === 'activity')
    return { ...row, confirmation: (JSON.parse(String(row.body)) as Activity).confirmation ?? null };
  return row;
}

/** The keys by which a pupil's activities are found; the first edition searched the texts. */
export function pupilFeeds(row: Record<string, unknown>): Tables['feed'][] {
  const { programmeId, id, kind, date, pupilIds } = JSON.parse(String(row.body)) as Activity;
  return pupilIds.map((pupil) => ({
    programme_id: programmeId,
    feed_key: `pupil:${pupil}`,
    kind,
    date,
    activity_id: id,
  }));
}
