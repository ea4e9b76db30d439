import type { Ymd } from '../plan/dates.ts';
import type { Lacking, NotCounted } from '../plan/reasons.ts';
import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, fold, hr, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { byDuty, countShown, type DutyShown, dutyLine, dutyRest } from './duty.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';
import { beneathRecords, MOST_BENEATH, type ToConfirm } from './to-confirm.ts';
import { type DutyAsked, whichDuty } from './which-duty.ts';

export type RecordState = 'recorded' | 'planned' | 'attempted' | 'withdrawn';

/** One activity as it now stands in the ledger. */
export interface RecordShown extends ActivityShown {
  activity: string;
  v: number;
  state: RecordState;
  edited?: boolean;
  /** A late entry (补报). */
  late?: boolean;
  /** Photos and files so far; absent if not required. */
  evidence?: number;
  /** The obligations it feeds, with their new counts. */
  duties: DutyShown[];
  /** Obligations that ask for its kind but do not count it. */
  uncounted?: { duty: DutyShown; reason: NotCounted }[];
  /** Who was sent contrary to a plan's rules. */
  doubts?: Lacking[];
  /** The other school has reported it too, or confirmed it. */
  confirmed?: true;
  /** If nothing counts it: the duties it may be meant for. */
  which?: DutyAsked[];
  /** Who else has reported the same occasion, and whether it counts as a separate one. */
  beside?: { names: string[]; separate: boolean };
}
export interface RecordedModel {
  records: RecordShown[];
  group: boolean;
  /** What the same message may also report. */
  waiting?: ToConfirm[];
  /** Set if the event arrived more than ten minutes after the message, with the date and time (`HH:MM`) of the message. */
  lateAnswer?: { date: Ymd; time: string };
}

/** So many lines fit on a card. */
const MOST_SHOWN = 8;

/**
 * The answer to a report: what was recorded, what it counts for, what is still open. Actions: `edit`, `withdraw`, `restore` with
 * {activity, v}. Shows at most 8 records of a message in full and counts the rest.
 */
export function recorded(model: RecordedModel, t: Texts): Card {
  const { records, group, waiting = [] } = model;
  const late = model.lateAnswer;
  const shown = records.slice(0, MOST_SHOWN - Math.min(waiting.length, MOST_BENEATH));
  const rest = records.length - shown.length;
  return card({
    ...headline(records, waiting.length, t),
    elements: [
      late ? note(md`${t.recorded.lateAnswer(`${shortDate(late.date, t)} ${late.time}`)}`) : undefined,
      ...shown.flatMap((r, i) => [i > 0 ? hr() : undefined, ...one(r, t, group)]),
      rest > 0 ? note(md`${t.more(rest)}`) : undefined,
      ...beneathRecords(waiting, t),
    ],
  });
}

function headline(records: RecordShown[], waiting: number, t: Texts) {
  const all = (state: RecordShown['state']) => records.every((r) => r.state === state);
  const tags = [
    ...(records.some((r) => r.edited) ? [{ label: t.recorded.editedTag, color: 'orange' }] : []),
    ...(waiting > 0 ? [{ label: t.toConfirm.waiting(waiting), color: 'orange' }] : []),
  ];
  if (all('withdrawn')) return { title: t.recorded.withdrawn, template: 'grey' as const };
  if (all('planned')) return { title: t.recorded.planned, template: 'wathet' as const, tags };
  if (all('attempted')) return { title: t.recorded.attempted, template: 'wathet' as const, tags };
  const done = records.filter((r) => r.state === 'recorded');
  const recorded = t.recorded.title(done.length || records.length);
  const title = done.length === 1 ? news(done[0]!, t) : recorded;
  if (title !== recorded) tags.unshift({ label: recorded, color: 'green' });
  return { title, template: 'green' as const, tags };
}

/** 「送教 1/2次 · 还差 1次」: its effect on the first duty still open, else on the first it met. */
function news({ kind, duties }: RecordShown, t: Texts): string {
  const lines = byDuty(duties);
  const line = lines.find(([d]) => d!.state !== 'met' && d!.state !== 'waived') ?? lines[0];
  const [d] = line ?? [];
  if (!line || !d) return t.recorded.title(1);
  const name = line.length > 1 || d.target === 1 ? t.kinds[kind] : `${t.kinds[kind]} ${countShown(d, t)}`;
  const open = d.target - d.done;
  if (open <= 0) return `${name} · ${open < 0 ? t.recorded.more : t.recorded.met}`;
  const same = line.every((one) => one.done === d.done);
  return same
    ? `${name} · ${t.recorded.rest(t.amount(open, d.measure), line.length > 1)}`
    : `${name} · ${t.recorded.title(1)}`;
}

function one(r: RecordShown, t: Texts, group: boolean): (Element | undefined)[] {
  const ids = { activity: r.activity, v: r.v };
  const line = activityLine(r, t, group);
  if (r.state === 'withdrawn')
    return [
      markdown(md`<font color='grey'>${t.recorded.withdrawn}</font>  ${line}`),
      buttons(button(t.buttons.restore, press('restore', ids))),
    ];
  return [
    markdown(join([line, r.late ? md`<font color='orange'>${t.recorded.late}</font>` : undefined], ' · ')),
    ...(r.state === 'recorded' ? feeds(r, t, group) : []),
    r.state === 'planned' ? note(md`${t.recorded.plannedNote}`) : undefined,
    r.state === 'attempted' ? note(md`${t.recorded.attemptedNote}`) : undefined,
    ...(r.state === 'recorded' ? (r.doubts ?? []) : []).map((one) =>
      note(md`${t.reasons.lacking(one)}${t.comma}${t.reasons.mend(one)}`),
    ),
    r.state === 'recorded' && r.confirmed ? note(md`${t.recorded.confirmed}`) : undefined,
    ...(r.state === 'recorded' ? whichDuty(ids, r.which ?? [], t) : []),
    r.state === 'recorded' && r.beside ? note(besideLine(r.beside, t)) : undefined,
    r.evidence !== undefined ? note(md`${t.recorded.evidence(r.evidence)}`) : undefined,
    buttons(
      button(t.buttons.edit, press('edit', ids)),
      button(t.buttons.withdraw, press('withdraw', ids)),
      r.state === 'recorded' && r.beside
        ? r.beside.separate
          ? button(t.buttons.sameOccasion, press('same_occasion', ids))
          : button(t.buttons.separateOccasion, press('separate_occasion', ids))
        : undefined,
    ),
  ];
}

function besideLine({ names, separate }: NonNullable<RecordShown['beside']>, t: Texts) {
  const who =
    names
      .slice(0, 5)
      .map((name) => clip(name, 20))
      .join(t.comma) + (names.length > 5 ? '…' : '');
  return md`${separate ? t.recorded.separate(who) : t.recorded.beside(who)}`;
}

/** Why no duty counts it; says that no plan asks for it only if no duty asks for its kind. */
function feedsNothing(uncounted: NonNullable<RecordShown['uncounted']>, t: Texts, group: boolean): Element {
  const known = uncounted.filter((u) => u.reason.code === 'same_occasion' || u.reason.code === 'same_day');
  if (known.length > 0)
    return markdown(
      join([
        md`<font color='grey'>${t.recorded.feedsBeside}</font>`,
        ...byDuty(known.map((u) => u.duty))
          .slice(0, SHOWN)
          .map((line) => dutyState(line, t, group)),
      ]),
    );
  const [first] = uncounted;
  const said = first && t.recorded.feedsNot(clip(first.duty.title, 40), t.reasons.notCounted(first.reason));
  return markdown(md`<font color='grey'>${said ?? t.recorded.feedsNone}</font>`);
}

/** Lines on the first screen; the rest is folded. */
const SHOWN = 3;
const MOST = 20;

/** One line for each duty that it changed. */
function feeds({ duties, uncounted = [], which = [] }: RecordShown, t: Texts, group: boolean): (Element | undefined)[] {
  // While the card asks which duty is meant, it reports no mismatch.
  if (duties.length === 0) return which.length > 0 ? [] : [feedsNothing(uncounted, t, group)];
  const lines = byDuty(duties);
  const drawn = (some: DutyShown[][], heading?: Markdown) =>
    markdown(join([heading, ...some.map((line) => dutyState(line, t, group))]));
  const rest = lines.slice(SHOWN, MOST);
  return [
    drawn(lines.slice(0, SHOWN), md`**${t.recorded.feeds}**`),
    rest.length > 0 ? fold(t.recorded.feedsMore(lines.length - SHOWN), [drawn(rest)]) : undefined,
  ];
}

const dutyState = (line: DutyShown[], t: Texts, group: boolean) =>
  join([dutyLine(line, t, { group }), dutyRest(line, t)], ' · ');
