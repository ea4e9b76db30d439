/** Rows of an existing ledger (台账) in a programme file, with the field names of a reading, as activities. */
import type { ActivityStatus } from './activity.ts';
import type { Names } from './file-names.ts';
import type { Found } from './problems.ts';
import type { ActivityInput } from './programme-file.ts';
import type { ActivityRow } from './programme-schema.ts';
import { isTooLong, LONGEST_STAY_DAYS } from './secondment-days.ts';

const STATUS: Record<ActivityRow['status'], ActivityStatus> = {
  done: 'done',
  planned: 'planned',
  attempted: 'attempted',
  cancelled: 'cancelled',
  withdrawn: 'withdrawn',
  not_done: 'cancelled',
};

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as T;

function onDate(row: ActivityRow, date: string, names: Names, path: PropertyKey[]): Omit<ActivityInput, 'id'> {
  const school = (key: 'place' | 'to' | 'partner') =>
    row[key] === undefined ? undefined : names.school(row[key], [...path, key]);
  const byId = names.person(row.by, [...path, 'by']);
  const others = row.participants.map((name, k) => names.person(name, [...path, 'participants', k]));
  const teacher = row.teacher === undefined ? [] : [names.person(row.teacher, [...path, 'teacher'])];
  return defined({
    kind: row.kind,
    status: STATUS[row.status],
    date,
    dateTo: row.dates ? undefined : row.date_to,
    byId,
    onBehalf: row.on_behalf,
    reporterId: row.reporter === undefined ? undefined : names.person(row.reporter, [...path, 'reporter']),
    participantIds: [...new Set([...others, ...teacher])],
    pupilIds: [...new Set(row.pupils.map((name, k) => names.pupil(name, [...path, 'pupils', k], byId)))],
    allAssigned: row.all_assigned,
    pupilCount: row.pupil_count,
    placeId: school('place'),
    toId: school('to'),
    partnerId: school('partner'),
    // Several dates are several activities, one occasion each.
    times: row.dates ? 1 : row.times,
    lessons: row.lessons,
    days: row.days,
    weeks: row.weeks,
    people: row.people,
    pieces: row.pieces,
    cashYuan: row.cash_yuan,
    valueYuan: row.value_yuan,
    items: row.items,
    mode: row.mode,
    evaluated: row.evaluated,
    direction: row.direction,
    action: row.action,
    role: row.role,
    subject: row.subject,
    grade: row.grade,
    topic: row.topic,
    about: row.about,
    external: row.external,
    allPartners: row.all_partners,
    note: row.note,
    care: row.care,
    reason: row.reason,
    late: row.late,
    confirmation: row.confirmation,
  });
}

/**
 * The rows' activities, in order. A row without an id is identified by (kind, date, by, place, pupils, occurrence), so that
 * importing the same ledger again finds the same records. A row that repeats an earlier one exactly is another occasion.
 */
export function rowsOf(rows: ActivityRow[], names: Names, found: Found[]): ActivityInput[] {
  const occurrences = new Map<string, number>();
  const listed = new Set<string>();
  return rows.flatMap((row, i) => {
    const dates = row.dates ?? [row.date ?? row.date_from].filter((d) => d !== undefined);
    if (dates.length === 0) found.push({ path: ['activities', i, 'date'], message: '缺少日期 (required: date)' });
    if (row.date_to && dates[0] && row.date_to < dates[0])
      found.push({ path: ['activities', i, 'date_to'], message: `早于 ${dates[0]} (ends before it starts)` });
    if (dates.length === 0) return [];
    const reported = onDate(row, dates[0]!, names, ['activities', i]);
    if (isTooLong(reported))
      found.push({
        path: ['activities', i, reported.dateTo ? 'date_to' : reported.days ? 'days' : 'weeks'],
        message: `一次写了超过${LONGEST_STAY_DAYS}天，请按学年分开写 (lasts longer than any stay; write one for each school year)`,
      });
    return dates.map((date, k) => {
      const words = JSON.stringify({ ...reported, date });
      const activity = { ...reported, date, ...(listed.has(words) ? { separate: true } : {}) };
      listed.add(words);
      if (row.id !== undefined) return { id: dates.length > 1 ? `${row.id}.${k + 1}` : row.id, ...activity };
      const same = [activity.kind, date, activity.byId, activity.placeId ?? '', activity.pupilIds.toSorted().join(',')];
      const n = (occurrences.get(same.join('|')) ?? 0) + 1;
      occurrences.set(same.join('|'), n);
      return { id: [...same, n].join('|'), ...activity };
    });
  });
}
