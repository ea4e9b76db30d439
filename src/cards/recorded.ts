import type { Ymd } from '../plan/dates.ts';
import type { Lacking, NotCounted } from '../plan/reasons.ts';
import { type ActivityShown, activityDetails } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, hr, markdown, note } from './card.ts';
import { shortDate } from './dates.ts';
import { type DutyShown, dutyLine, dutyRest } from './duty.ts';
import { clip, join, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';
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
  /** Photos and files so far; absent = not asked for. */
  evidence?: number;
  /** The obligations it feeds, with their counts after it. */
  duties: DutyShown[];
  /** Those that ask for its kind and do not count it. */
  uncounted?: { duty: DutyShown; reason: NotCounted }[];
  /** What a plan says against who was sent. */
  doubts?: Lacking[];
  /** The other school has told of it too, or said that it happened. */
  confirmed?: true;
  /** Where nothing counts it: the duties that it may be meant for. */
  which?: DutyAsked[];
  /** Who else has told of the same occasion, and whether it stands for one of its own. */
  beside?: { names: string[]; separate: boolean };
}
export interface RecordedModel {
  records: RecordShown[];
  group: boolean;
  /** The event came more than ten minutes after the message of this day and time (`HH:MM`). */
  lateAnswer?: { date: Ymd; time: string };
}

/**
 * The answer to a report: what was recorded, what it counts for, what is still open. Actions: `edit`, `withdraw`,
 * `restore` with {activity, v}. At most 8 records of a message are drawn out, the rest are counted.
 */
export function recorded(model: RecordedModel, t: Texts): Card {
  const { records, group } = model;
  const late = model.lateAnswer;
  const shown = records.slice(0, 8);
  const rest = records.length - shown.length;
  return card({
    ...headline(records, t),
    elements: [
      late ? note(md`${t.recorded.lateAnswer(`${shortDate(late.date, t)} ${late.time}`)}`) : undefined,
      ...shown.flatMap((r, i) => [i > 0 ? hr() : undefined, ...one(r, t, group)]),
      rest > 0 ? note(md`${t.more(rest)}`) : undefined,
    ],
  });
}

function headline(records: RecordShown[], t: Texts) {
  const all = (state: RecordShown['state']) => records.every((r) => r.state === state);
  const edited = records.some((r) => r.edited);
  const tag = edited ? { tag: { label: t.recorded.editedTag, color: 'orange' } } : {};
  if (all('withdrawn')) return { title: t.recorded.withdrawn, template: 'grey' as const };
  if (all('planned')) return { title: t.recorded.planned, template: 'wathet' as const, ...tag };
  if (all('attempted')) return { title: t.recorded.attempted, template: 'wathet' as const, ...tag };
  return { title: t.recorded.title(records.length), template: 'green' as const, ...tag };
}

function one(r: RecordShown, t: Texts, group: boolean): (Element | undefined)[] {
  const ids = { activity: r.activity, v: r.v };
  if (r.state === 'withdrawn')
    return [
      markdown(md`<font color='grey'>${t.recorded.withdrawn}</font>  ${activityDetails(r, t, group)}`),
      buttons(button(t.buttons.restore, press('restore', ids))),
    ];
  return [
    markdown(
      join([activityDetails(r, t, group), r.late ? md`<font color='orange'>${t.recorded.late}</font>` : undefined]),
    ),
    r.evidence !== undefined ? note(md`${t.recorded.evidence(r.evidence)}`) : undefined,
    r.state === 'planned' ? note(md`${t.recorded.plannedNote}`) : undefined,
    r.state === 'attempted' ? note(md`${t.recorded.attemptedNote}`) : undefined,
    r.state === 'recorded' ? markdown(feeds(r, t, group)) : undefined,
    ...(r.state === 'recorded' ? (r.doubts ?? []) : []).map((one) =>
      note(md`${t.reasons.lacking(one)}${t.comma}${t.reasons.mend(one)}`),
    ),
    r.state === 'recorded' && r.confirmed ? note(md`${t.recorded.confirmed}`) : undefined,
    ...(r.state === 'recorded' ? whichDuty(ids, r.which ?? [], t) : []),
    r.state === 'recorded' && r.beside ? note(besideLine(r.beside, t)) : undefined,
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

/** That no plan asks for it is said only where none does. */
function feedsNothing(uncounted: NonNullable<RecordShown['uncounted']>, t: Texts, group: boolean) {
  const known = uncounted.filter((u) => u.reason.code === 'same_occasion' || u.reason.code === 'same_day');
  if (known.length > 0)
    return join([
      md`**${t.recorded.feedsBeside}**`,
      ...known.slice(0, 6).map((u) => join([dutyLine(u.duty, t, { group }), dutyRest(u.duty, t)], ' · ')),
    ]);
  const [first] = uncounted;
  const said = first && t.recorded.feedsNot(clip(first.duty.title, 40), t.reasons.notCounted(first.reason));
  return md`<font color='grey'>${said ?? t.recorded.feedsNone}</font>`;
}

function feeds({ duties, uncounted = [] }: RecordShown, t: Texts, group: boolean) {
  if (duties.length === 0) return feedsNothing(uncounted, t, group);
  const lines = duties.slice(0, 6).map((d) => join([dutyLine(d, t, { group }), dutyRest(d, t)], ' · '));
  const rest = duties.length > 6 ? md`${t.more(duties.length - 6)}` : undefined;
  return join([md`**${t.recorded.feeds}**`, ...lines, rest]);
}
