import { type ActivityKind, CARE_NOTES, type CareNotes, type Mode } from '../plan/activity.ts';
import type { Ymd } from '../plan/dates.ts';
import { shortRange } from './dates.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** What a card shows of one activity: names, not ids; absent fields were not mentioned. */
export interface ActivityShown {
  kind: ActivityKind;
  date: Ymd;
  dateTo?: Ymd;
  /** Only if it is not the reader of the card. */
  by?: string;
  participants?: string[];
  /** Whose lesson was observed. */
  taughtBy?: string[];
  place?: string;
  subject?: string;
  grade?: string;
  topic?: string;
  care?: CareNotes;
  mode?: Mode;
  lessons?: number;
  times?: number;
  days?: number;
  people?: number;
  pieces?: number;
  pupils?: string[];
  /** The number of further names the reader may not see. */
  hiddenPupils?: number;
  allAssigned?: boolean;
  pupilCount?: number;
  /** 「电脑 6 台」, one entry each. */
  items?: string[];
  cashYuan?: number;
  valueYuan?: number;
  /** The date of the card: dates in another school year show their year. */
  today?: Ymd;
}

/** The same before its date is known. */
export type ActivityUndated = Omit<ActivityShown, 'date'> & { date?: Ymd };

/**
 * An activity as a line: kind, date, people, place, topic, amount; what is unknown is left out. With `group`, pupils become a
 * number.
 */
export function activityLine(a: ActivityUndated, t: Texts, group: boolean): Markdown {
  const amounts = [
    a.times !== undefined && a.times > 1 ? t.amount(a.times, 'times') : '',
    a.lessons !== undefined ? t.amount(a.lessons, 'lessons') : '',
    a.days !== undefined ? t.amount(a.days, 'days') : '',
    a.people !== undefined ? t.amount(a.people, 'people') : '',
    a.pieces !== undefined ? t.amount(a.pieces, 'documents') : '',
    ...(a.items ?? []).slice(0, 10).map((item) => clip(item, 20)),
    a.cashYuan !== undefined ? `${t.fields.cashYuan} ${a.cashYuan}` : '',
    a.valueYuan !== undefined ? `${t.fields.valueYuan} ${a.valueYuan}` : '',
  ].filter((part) => part !== '');
  const what = clip([`${a.grade ?? ''}${a.subject ?? ''}`, a.topic].filter(Boolean).join(' '), 80);
  const part = (text: string | undefined) => (text ? md`${text}` : undefined);
  const joined = names(a.participants, 10, t);
  const taught = names(a.taughtBy, 10, t);
  return join(
    [
      md`**${t.kinds[a.kind]}**`,
      part(a.date && shortRange(a.date, a.dateTo, t, a.today)),
      part(a.by && clip(a.by, 20)),
      part(a.place && clip(a.place, 40)),
      taught && md`${t.recorded.taughtBy} ${taught}`,
      part(a.mode && t.modes[a.mode]),
      pupilsShown(a, t, group),
      part(what),
      ...CARE_NOTES.map((note) => part(a.care?.[note] && `${t.fields[note]}：${clip(a.care[note], 60)}`)),
      part(amounts.join(t.comma)),
      joined && md`${t.recorded.with} ${joined}`,
    ],
    ' · ',
  );
}

function pupilsShown(a: ActivityUndated, t: Texts, group: boolean): Markdown | undefined {
  const named = a.pupils?.length ?? 0;
  const hidden = a.hiddenPupils ?? 0;
  const count = a.pupilCount ?? named + hidden;
  if (group || named === 0) {
    if (a.allAssigned && count === 0) return md`${t.recorded.allAssigned}`;
    return count > 0 ? md`${t.hiddenPupils(count)}` : undefined;
  }
  const shown = names(a.pupils, 12, t)!;
  return hidden > 0 ? md`${shown}${t.comma}${t.hiddenPupils(hidden)}` : shown;
}

/** Names in a row, the first `most` of them. */
export function names(list: string[] | undefined, most: number, t: Texts): Markdown | undefined {
  if (!list || list.length === 0) return undefined;
  const shown = list.slice(0, most).map((name) => clip(name, 20));
  const rest = list.length > most ? t.morePeople(list.length - most) : '';
  return md`${shown.join(t.comma)}${rest}`;
}
