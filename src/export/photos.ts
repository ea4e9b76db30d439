import type { Activity } from '../plan/activity.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Evidence } from '../store/evidence.ts';
import type { Vault } from '../vault.ts';

/**
 * Whether photos and files of an activity may be shown to somebody who may name these pupils (docs/security.md): every pupil it is about
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

/** What stands for one piece of evidence in a ZIP, with its ending; of a document in Feishu a shortcut. Undefined where it is gone. */
export async function evidenceFile(vault: Vault, { file, type = 'bin', link }: Evidence) {
  if (link) return { ending: 'url', bytes: Buffer.from(`[InternetShortcut]\r\nURL=${link}\r\n`) };
  const bytes = await vault.read(file);
  return bytes && { ending: type, bytes };
}
