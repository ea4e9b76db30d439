import type { Activity } from '../plan/activity.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';

/**
 * Whether photos of an activity may be shown to somebody who may name these pupils (docs/security.md): every pupil it is about
 * must be among them. 全部 means the pupils of the one who did it, those of former times too.
 */
export function mayShowPhotos(
  { pupilIds, allAssigned, byId }: Activity,
  programme: Programme,
  mayName: (pupilId: string) => boolean,
): boolean {
  const assigned = allAssigned ? (rosterOf(programme).caresOfMentor.get(byId) ?? []).map((c) => c.pupilId) : [];
  return [...pupilIds, ...assigned].every(mayName);
}
