import type { YearCounts } from '../plan/new-year.ts';
import type { Role } from '../plan/people.ts';
import type { Lacking } from '../plan/reasons.ts';
import type { RoleChange } from '../plan/role-changes.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, markdown, note, plainLine } from './card.ts';
import { lackingLines } from './lacking.ts';
import { clip, join, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

/** How many reasons a card shows, and places for each; enough to start fixing a file with hundreds. */
const SHOWN = 20;
const PLACES = 8;

export interface ImportModel {
  /** The stored upload this preview is of. */
  import: string;
  file: string;
  created: number;
  updated: number;
  unchanged: number;
  /** The new and updated rows by list. */
  lists?: Partial<Record<keyof Texts['import']['lists'], number>>;
  /** In the store but not in the file: kept. */
  absent: number;
  /** People whose roles change: their rights change with them. */
  roles?: ({ name: string } & RoleChange)[];
  /** People who continue under a new name, as `学校/姓名`, matched by their Feishu account. */
  renamed?: { name: string; was: string }[];
  /** The change of school year: how many relations continue or end, how many pupils move up or leave, and so on. */
  year?: YearCounts;
  /** Gaps in the programme's lists after the import that the reader can fill. */
  lacking?: { first: Lacking[]; count: number };
  /** Valid rows of the file. If there are problems, only these are imported. */
  usable?: number;
  /** What was skipped harmlessly. */
  notes?: string[];
  /** Rows that cannot be imported, with the reason. `at`: sheet and row, or path in the file. */
  problems: { at: string; text: string }[];
  outcome?: 'done' | 'cancelled';
  /** A change of the school year that can still be taken back. */
  undoable?: boolean;
}
/** Each reason once, with all its places; the words that a cell may hold are listed in full. */
function reasons({ problems }: ImportModel, t: Texts): Element[] {
  const places = Map.groupBy(problems, (p) => p.text);
  const lines = [...places].map(([text, all]) => {
    const at = all.slice(0, PLACES).map((p) => p.at);
    const more = all.length > PLACES ? t.more(all.length - PLACES) : '';
    return `${at.join(t.comma)}${more}  ${t.import.said(text)}`;
  });
  const rest = lines.length > SHOWN ? [t.more(lines.length - SHOWN)] : [];
  return [...lines.slice(0, SHOWN), ...rest].map((line) => plainLine(clip(line, 400)));
}

const yearLines = (year: YearCounts | undefined, { newYear: n }: Texts): string[] =>
  year
    ? [
        ...(year.terms > 0 ? [n.terms(year.terms)] : []),
        n.relations(year.renewed, year.ended),
        ...(year.promoted + year.graduated > 0 ? [n.grades(year.promoted, year.graduated)] : []),
        ...(year.added > 0 ? [n.addedCount(year.added)] : []),
        ...(year.stays > 0 ? [n.staysEnd(year.stays)] : []),
      ]
    : [];

/** The result, or how much of the file can be imported. */
function titleOf({ outcome, created, updated, usable = 0, problems, year }: ImportModel, { import: i }: Texts): string {
  if (outcome === 'cancelled') return i.cancelled;
  if (outcome === 'done') return created + updated > 0 ? i.doneWith(created, updated) : i.done;
  if (year) return i.title;
  if (usable > 0 && created + updated > 0) return i.canTake(usable, problems.length);
  return problems.length > 0 ? i.noneTaken(problems.length) : i.title;
}

/** What a file would change. Actions `import_confirm`, `import_cancel`, `year_undo` {import}. */
export function importPreview(model: ImportModel, t: Texts): Card {
  const i = t.import;
  const { problems, outcome } = model;
  const changed = model.roles ?? [];
  const said = (roles: Role[]) => roles.map((role) => t.roles[role]).join(t.comma);
  const rights = [
    ...[...Map.groupBy(changed.slice(0, SHOWN), ({ given, taken }) => `${said(given)} ${said(taken)}`).values()].map(
      (same) =>
        i.roles(same.map(({ name }) => clip(name, 40)).join(t.comma), said(same[0]!.given), said(same[0]!.taken)),
    ),
    ...(changed.length > SHOWN ? [i.moreRoles(changed.length - SHOWN)] : []),
  ];
  const lists = Object.entries(model.lists ?? {})
    .map(([list, n]) => `${i.lists[list as keyof typeof i.lists]} ${n}`)
    .join(t.comma);
  const ask = { title: i.confirmTitle, text: i.confirmText };
  const { usable = 0, notes = [] } = model;
  const open = !outcome && (problems.length === 0 || (usable > 0 && model.created + model.updated > 0));
  return card({
    title: titleOf(model, t),
    template: problems.length > 0 && !outcome ? (open ? 'orange' : 'red') : outcome === 'done' ? 'green' : 'blue',
    elements: [
      markdown(
        join([
          md`**${i.file}**  ${clip(model.file, 60)}`,
          md`${i.counts(model.created, model.updated, model.unchanged)}`,
          lists === '' ? undefined : md`${i.ofLists(lists)}`,
          ...yearLines(model.year, t).map((line) => md`- ${line}`),
          model.year ? md`${t.newYear.history}` : undefined,
          model.absent > 0 ? md`${i.absent(model.absent)}` : undefined,
          ...rights.map((line) => md`**${line}**`),
          ...(model.renamed ?? [])
            .slice(0, SHOWN)
            .map(({ name, was }) => md`**${i.renamed(clip(was, 40), clip(name, 40))}**`),
          ...notes.map((note) => md`${clip(i.said(note), 200)}`),
          problems.length > 0 ? md`**${i.problems(problems.length)}**` : undefined,
        ]),
      ),
      problems.length > 0 && model.created + model.updated + model.unchanged === 0
        ? note(md`${i.orEvidence}`)
        : undefined,
      ...reasons(model, t),
      model.lacking ? markdown(join(lackingLines(model.lacking.first, t, model.lacking.count))) : undefined,
      model.undoable ? note(md`${t.arrange.undoHint}`) : undefined,
      buttons(
        model.undoable ? button(t.arrange.undo, press('year_undo', { import: model.import })) : undefined,
        open
          ? button(
              problems.length > 0 ? i.usable(usable) : t.buttons.importConfirm,
              press('import_confirm', { import: model.import }),
              { type: 'primary', confirm: ask },
            )
          : undefined,
        outcome ? undefined : button(t.buttons.importCancel, press('import_cancel', { import: model.import })),
      ),
    ],
  });
}
