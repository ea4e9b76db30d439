import type { Texts } from '../cards/index.ts';
import { localWords } from '../plan/clock.ts';
import { rosterOf } from '../plan/roster.ts';
import { readAudit } from '../store/audit.ts';
import type { Db } from '../store/db.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { RETENTION_DAYS } from '../store/retention.ts';
import { type Cell, writeWorkbook } from './workbook.ts';

/**
 * The facts for a yearly audit of minors' data: which pupils are held (by id, never by name), for what, who may see them; who
 * saw, exported or erased what; and how long each kind is kept. `from`, `to`: epoch milliseconds.
 */
export async function writeCompliance(
  db: Db,
  programme: StoredProgramme,
  path: string,
  { from, to, timezone }: { from: number; to: number; timezone: string },
  t: Texts,
): Promise<number> {
  const roster = rosterOf(programme);
  const c = t.compliance;
  const school = (id: string | undefined) => roster.schoolName(id);
  const actor = (id: string) => roster.personName(id) ?? id;
  const seen = new Map<string, number>();
  for await (const page of readAudit(db, programme.id, { from, to }))
    for (const entry of page) if (entry.act === 'pupils') seen.set(entry.target, (seen.get(entry.target) ?? 0) + 1);
  const pupilRows = programme.pupils.map((p): Cell[] => [
    p.id,
    school(p.schoolId),
    (roster.caresOfPupil.get(p.id) ?? []).map((x) => actor(x.mentorId)).join(t.comma),
    (roster.caresOfPupil.get(p.id) ?? []).map((x) => x.kind ?? '').join(t.comma),
    seen.get(`pupil:${p.id}`) ?? 0,
  ]);
  return writeWorkbook(path, [
    {
      name: c.held,
      columns: [
        { label: c.id, width: 38 },
        { label: t.lists.columns.school, width: 24 },
        { label: c.seenBy, width: 24 },
        { label: t.lists.columns.kind },
        { label: c.looks, type: 'number' },
      ],
      rows: [pupilRows],
    },
    {
      name: c.log,
      columns: [
        { label: c.at, width: 18 },
        { label: c.who, width: 14 },
        { label: c.act },
        { label: c.target, width: 44 },
        { label: c.detail, width: 24 },
      ],
      rows: log(),
    },
    {
      name: c.kept,
      columns: [{ label: c.kind }, { label: c.days, type: 'number' }],
      rows: [
        Object.entries(RETENTION_DAYS).map(([kind, days]) => [c.kinds[kind as keyof typeof RETENTION_DAYS], days]),
      ],
    },
  ]);

  async function* log(): AsyncGenerator<Cell[][]> {
    for await (const page of readAudit(db, programme.id, { from, to }))
      yield page.map(({ at, actor: by, act, target, detail }) => [
        localWords(at, timezone),
        actor(by),
        act,
        target,
        detail,
      ]);
  }
}
