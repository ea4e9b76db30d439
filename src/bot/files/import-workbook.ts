import { drawn } from '../../cards/card-text.ts';
import type { ImportModel } from '../../cards/import.ts';
import { importPreview, notice, refused } from '../../cards/index.ts';
import type { Ctx } from '../../context.ts';
import { CAUSE, CHORE, NOTICE } from '../../plan/identities.ts';
import { importEntries, insertAudit } from '../../store/audit.ts';
import { StaleProgramme } from '../../store/change-roster.ts';
import { planChore } from '../../store/chores.ts';
import { planFindPeople } from '../../store/find-people.ts';
import { finishOpenImport, type Progress } from '../../store/follow-import.ts';
import { importProgramme } from '../../store/import.ts';
import { BadRows } from '../../store/import-rows.ts';
import { activitiesById } from '../../store/inspection.ts';
import { type Hint, noticeByIdentity } from '../../store/notices.ts';
import { postPicture } from '../../store/pictures.ts';
import { post } from '../../store/post.ts';
import type { StoredProgramme } from '../../store/programmes.ts';
import { type Trx, transact } from '../../store/transaction.ts';
import { yearUndo } from '../../store/undo-year.ts';
import { lockUpload, type StoredUpload, setUpload } from '../../store/uploads.ts';
import type { ChoreBodies, ChoreKind } from '../intake/chore.ts';
import { type Facts, factsFor } from '../intake/facts.ts';
import { importsWorkbooks } from './import-scope.ts';

type Done = 'imported' | 'stale' | 'nothing';

/**
 * Imports what was previewed and confirmed, all or nothing; refused if the programme has changed since. Its card shows the
 * progress.
 */
export const importWorkbookChore: ChoreKind<'import_workbook', Done> = {
  async fetch(ctx, { upload: id }) {
    const { db, newId } = ctx;
    const now = ctx.now();
    const [upload, facts] = await transact(db, async (trx) => {
      const found = await lockUpload<ImportModel>(trx, id);
      return [found, found && (await factsFor(trx, ctx, asUploader(found, now)))] as const;
    });
    // Its rows are visible, so a process died before it finished the rest.
    if (upload?.state === 'imported') {
      await finishOpenImport(db, upload.programmeId, ctx.now);
      return 'imported';
    }
    if (upload?.state !== 'confirmed' || !upload.input || !facts || !importsWorkbooks(facts)) return 'nothing';
    if (facts.programme.id !== upload.programmeId) return 'nothing';
    try {
      await importProgramme(db, upload.input, {
        ...{ now, today: facts.today, newId, clock: ctx.now, version: upload.version },
        progress: showing(ctx, facts, id),
        async withSwitch(trx, { programmeId, rows, programme }) {
          if ((await lockUpload(trx, id))?.state !== 'confirmed') throw new StaleProgramme(programmeId);
          await insertAudit(trx, programmeId, { actor: facts.me.id, now, newId }, importEntries(programmeId, rows));
          const undo = upload.shown.year && (await undoOf(trx, facts, upload, programme));
          await setUpload(trx, { ...upload, ...(undo && { undo }) }, 'imported');
        },
      });
      return 'imported';
    } catch (error) {
      if (error instanceof StaleProgramme || error instanceof BadRows) return 'stale';
      throw error;
    }
  },

  async settle(trx, ctx, { upload: id }, done) {
    const upload = await lockUpload<ImportModel>(trx, id);
    if (!upload || done === 'nothing') return [];
    const { openId, programmeId } = upload;
    const facts = await factsFor(trx, ctx, asUploader(upload, ctx.now()));
    if (facts?.programme.id !== programmeId) return [];
    const letter = { identity: NOTICE.imported(id), kind: 'import', to: openId, programmeId, personId: facts.me.id };
    if (done !== 'imported') {
      await setUpload(trx, upload, 'stale');
      const card = refused({ reason: 'stale_import' }, facts.t);
      return post(trx, facts, { ...letter, ...drawn(card, letter) });
    }
    const card = importPreview(
      { ...upload.shown, outcome: 'done', undoable: upload.shown.year !== undefined },
      facts.t,
    );
    return [
      ...(await post(trx, facts, { ...letter, ...drawn(card, letter) })),
      ...(await planFindPeople(trx, programmeId, CAUSE.upload(id), facts)),
      ...(upload.shown.year ? await keepLastYear(trx, facts, id) : []),
    ];
  },
};

/** What 撤销 restores after a change of the school year. */
async function undoOf(trx: Trx, { programme, now }: Facts, { input }: StoredUpload, after: StoredProgramme) {
  const stays = (input?.activities ?? []).flatMap(({ id, dateTo }) => (dateTo ? [{ id, dateTo }] : []));
  const before = await activitiesById(
    trx,
    programme.id,
    stays.map((s) => s.id),
  );
  return yearUndo(programme, after, before, stays[0]?.dateTo ?? '', now);
}

/** Sends the ledger of the year just closed to the person who closed it. */
function keepLastYear(trx: Trx, { openId, programme, newId, now }: Facts, uploadId: string): Promise<Hint[]> {
  const body: ChoreBodies['send_file'] = { openId, programmeId: programme.id, order: { what: 'ledger' } };
  const identity = CHORE.sendFile(CAUSE.upload(uploadId), programme.id);
  return planChore(trx, { id: newId(), identity, kind: 'send_file', body }, now);
}

const asUploader = ({ id, openId, programmeId }: StoredUpload<ImportModel>, now: number) => ({
  ...{ openId, now, cause: CAUSE.upload(id), post: { programmeId } },
});

/** How often the card of a long import shows its progress. */
const SHOWN_EVERY_MS = 5_000;

/** Redraws the card of a confirmed import while it runs. */
function showing(ctx: Ctx, { t, openId: to, programme, me, cause }: Facts, id: string): Progress {
  let shown = performance.now();
  return async (done, of) => {
    if (performance.now() - shown < SHOWN_EVERY_MS) return;
    shown = performance.now();
    const card = notice({ title: t.import.title, text: t.import.workingOn(Math.floor((done * 100) / of)) }, t);
    const hints = await transact(ctx.db, async (trx) => {
      const preview = await noticeByIdentity(trx, NOTICE.importPreview(id));
      if (!preview?.messageId) return [];
      const who = { messageId: preview.messageId, by: cause, to, programmeId: programme.id, personId: me.id };
      return postPicture(trx, { now: ctx.now(), newId: ctx.newId }, { ...who, ...drawn(card, who) });
    });
    await ctx.deliver(hints);
  };
}
