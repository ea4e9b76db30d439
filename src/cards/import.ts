import type { Role } from '../plan/people.ts';
import type { Lacking } from '../plan/reasons.ts';
import type { RoleChange } from '../plan/role-changes.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, markdown, note } from './card.ts';
import { lackingLines } from './lacking.ts';
import { clip, join, md } from './markdown.ts';
import { table } from './table.ts';
import type { Texts } from './texts/zh-CN.ts';

/** Problems that a card shows; a file with hundreds is mended from the first ones. */
const SHOWN = 20;

export interface ImportModel {
  /** The kept upload this preview is of. */
  import: string;
  file: string;
  created: number;
  updated: number;
  unchanged: number;
  /** In the store but not in the file: kept. */
  absent: number;
  /** Whose roles change: rights change hands with them. */
  roles?: ({ name: string } & RoleChange)[];
  /** What the programme's lists lack then, as far as the reader can mend it. */
  lacking?: { first: Lacking[]; count: number };
  /** With any problem nothing can be imported. `at`: sheet and row, or path in the file. */
  problems: { at: string; text: string }[];
  outcome?: 'done' | 'cancelled';
}
/** What a file would change. Actions `import_confirm`, `import_cancel` {import}. */
export function importPreview(model: ImportModel, t: Texts): Card {
  const i = t.import;
  const { problems, outcome } = model;
  const shown = problems.slice(0, SHOWN).map((p) => ({ at: p.at, text: p.text }));
  const changed = model.roles ?? [];
  const said = (roles: Role[]) => roles.map((role) => t.roles[role]).join(t.comma);
  const rights = [
    ...changed.slice(0, SHOWN).map(({ name, given, taken }) => i.roles(clip(name, 40), said(given), said(taken))),
    ...(changed.length > SHOWN ? [i.moreRoles(changed.length - SHOWN)] : []),
  ];
  const ask = { title: i.confirmTitle, text: i.confirmText };
  const open = !outcome && problems.length === 0;
  return card({
    title: outcome === 'done' ? i.done : outcome === 'cancelled' ? i.cancelled : i.title,
    template: problems.length > 0 ? 'red' : outcome === 'done' ? 'green' : 'blue',
    elements: [
      markdown(
        join([
          md`**${i.file}**  ${clip(model.file, 60)}`,
          md`${i.counts(model.created, model.updated, model.unchanged)}`,
          model.absent > 0 ? md`${i.absent(model.absent)}` : undefined,
          ...rights.map((line) => md`**${line}**`),
          ...(model.lacking ? lackingLines(model.lacking.first, t, model.lacking.count) : []),
          problems.length > 0 ? md`**${i.problems(problems.length)}**` : undefined,
        ]),
      ),
      problems.length > 0 && model.created + model.updated + model.unchanged === 0
        ? note(md`${i.orEvidence}`)
        : undefined,
      shown.length > 0
        ? table(
            [
              { key: 'at', label: i.row },
              { key: 'text', label: i.problem },
            ],
            shown,
          )
        : undefined,
      buttons(
        open
          ? button(t.buttons.importConfirm, press('import_confirm', { import: model.import }), {
              type: 'primary',
              confirm: ask,
            })
          : undefined,
        outcome ? undefined : button(t.buttons.importCancel, press('import_cancel', { import: model.import })),
      ),
    ],
  });
}
