import type { Activity } from '../plan/activity.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Evidence } from '../store/evidence.ts';
import type { Vault } from '../vault.ts';

/**
 * Whether photos and files of an activity may be shown to a reader who may name these pupils (docs/security.md): every pupil of the
 * activity must be among them. 全部 stands for all pupils of its doer, including former ones.
 */
export function mayShowPhotos(
  { pupilIds, allAssigned, byId }: Activity,
  programme: Programme,
  mayName: (pupilId: string) => boolean,
): boolean {
  const assigned = allAssigned ? (rosterOf(programme).caresOfMentor.get(byId) ?? []).map((c) => c.pupilId) : [];
  return [...pupilIds, ...assigned].every(mayName);
}

/** One piece of evidence for a ZIP, with its extension; a document in Feishu becomes a shortcut. Undefined if it is gone. */
export async function evidenceFile(vault: Vault, { file, type = 'bin', link }: Evidence) {
  if (link) return { ending: 'url', bytes: Buffer.from(`[InternetShortcut]\r\nURL=${link}\r\n`) };
  const bytes = await vault.read(file);
  return bytes && { ending: type, bytes };
}
