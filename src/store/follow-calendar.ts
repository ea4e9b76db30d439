/** Derives duties again when a new version of the program knows other holidays. */
import { hash } from 'node:crypto';
import { publishedDays } from '../plan/calendar.ts';
import type { Ymd } from '../plan/dates.ts';
import { CHORE } from '../plan/identities.ts';
import { planChore } from './chores.ts';
import type { Following } from './follow-import.ts';
import { readMeta, writeMeta } from './meta.ts';
import type { Hint } from './notices.ts';
import type { StoredProgramme } from './programmes.ts';
import { calendarRules } from './rules.ts';
import type { Trx } from './transaction.ts';

const FACT = 'calendar of ';

/**
 * Plans to derive a programme's duties again if the published holidays differ from those used before; a programme with its own holidays is
 * not affected. Returns the hint for the queue after commit.
 */
export async function followCalendar(
  trx: Trx,
  programme: StoredProgramme,
  { now, today, newId }: { now: number; today: Ymd; newId: () => string },
): Promise<Hint[]> {
  if (programme.holidays) return [];
  const days = hash('sha1', publishedDays());
  if ((await readMeta(trx, FACT + programme.id)) === days) return [];
  await writeMeta(trx, FACT + programme.id, days);
  const body: Following = {
    ...{ programmeId: programme.id, today, since: now, first: false },
    ...{ feedKeys: [], rules: calendarRules(programme), users: [] },
  };
  const id = newId();
  return planChore(trx, { id, identity: CHORE.followImport(programme.id, id), kind: 'follow_import', body }, now);
}
