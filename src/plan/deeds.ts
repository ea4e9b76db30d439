/** What people did in a range, for thanks and certificates. */
import type { Activity } from './activity.ts';
import { doersOf } from './feeds.ts';
import type { Deeds } from './notices/index.ts';

/** For each person, from activities that took place: how many, about how many pupils, the first and the last. Any order. */
export function deedsOf(activities: Activity[]): Map<string, Deeds & { pupilIds: Set<string> }> {
  const found = new Map<string, Deeds & { pupilIds: Set<string> }>();
  const inOrder = activities.filter((a) => a.status === 'done').toSorted((a, b) => (a.date < b.date ? -1 : 1));
  for (const a of inOrder)
    for (const id of doersOf(a)) {
      const one = { activity: a.kind, date: a.date };
      const before = found.get(id) ?? { activities: 0, pupils: 0, first: one, last: one, pupilIds: new Set<string>() };
      const pupilIds = new Set([...before.pupilIds, ...a.pupilIds]);
      found.set(id, { ...before, activities: before.activities + 1, last: one, pupilIds, pupils: pupilIds.size });
    }
  return found;
}
