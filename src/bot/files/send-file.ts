import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drawn } from '../../cards/card-text.ts';
import { refused } from '../../cards/index.ts';
import { groupName, realmName } from '../../cards/summary.ts';
import type { Ctx } from '../../context.ts';
import { isFull, UserError } from '../../errors.ts';
import { writeArchive } from '../../export/archive.ts';
import { writeCertificate } from '../../export/certificate.ts';
import { inspectionPage } from '../../export/circular.ts';
import { writeInspection } from '../../export/inspection.ts';
import { writeLedger } from '../../export/ledger.ts';
import { writeList } from '../../export/list.ts';
import { safeName } from '../../export/names.ts';
import { writeWorkbook } from '../../export/workbook.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import { NOTICE } from '../../plan/identities.ts';
import { inspectedName, unnamed } from '../../plan/inspection.ts';
import { may } from '../../plan/policy.ts';
import { wordsShown } from '../../plan/pupil-names.ts';
import { summaryDays } from '../../plan/summary.ts';
import { type AuditEntry, insertAudit } from '../../store/audit.ts';
import { readerOf } from '../../store/db.ts';
import { inspectionsOf } from '../../store/inspections.ts';
import { addressOf } from '../../store/members.ts';
import { post } from '../../store/post.ts';
import { transact } from '../../store/transaction.ts';
import { fillingOf } from '../../workbook/filling.ts';
import { templateSheets } from '../../workbook/template.ts';
import { lists } from '../insight/lists.ts';
import { mayInspect } from '../inspection/card.ts';
import type { ChoreKind, FileOrder } from '../intake/chore.ts';
import { type Facts, factsFor } from '../intake/facts.ts';
import { permitArchive, permittedRealm } from '../intake/permit.ts';
import { importsWorkbooks } from './import-scope.ts';
import { makePaper } from './make-paper.ts';

type Made = { name: string; audit: AuditEntry[] };

type Sendable = { programmeId: string; personId: string; audit: AuditEntry[] } | { refused: UserError };

/** Feishu's size limit for a file. */
const MAX_BYTES = 30 * 1024 * 1024;
/** A longer list is not useful as a list; the ledger has everything. */
const MAX_ROWS = 5_000;

/** Makes a requested file and sends it. Rights are checked again here, when it is made. */
export const sendFileChore: ChoreKind<'send_file', Sendable> = {
  async fetch(ctx, { openId, programmeId, order }, choreId) {
    const dir = join(ctx.config.dataDir, 'exports', choreId);
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const factsAsked = { openId, now: ctx.now(), cause: choreId, post: { programmeId } };
      const facts = await transact(ctx.db, (trx) => factsFor(trx, ctx, factsAsked));
      if (!facts) throw new UserError('not_allowed');
      const path = join(dir, 'file');
      const product = await make[order.what]({ ...ctx, db: readerOf(ctx.db) }, facts, order as never, path);
      const data = await readFile(path);
      if (data.length > MAX_BYTES) throw new UserError('file_too_big');
      const file = await ctx.lark.uploadFile({ data, name: safeName(product.name) });
      await ctx.pace.turn('send', openId);
      await ctx.lark.send({ to: { openId }, content: { file }, uuid: choreId });
      return { programmeId: facts.programme.id, personId: facts.me.id, audit: product.audit };
    } catch (error) {
      if (error instanceof UserError) return { refused: error };
      if (isFull(error)) {
        // The person is waiting: a refusal now is better than a file after they have forgotten about it.
        ctx.log.error({ choreId }, 'DATA_DIR: the disk is full');
        return { refused: new UserError('file_not_sent') };
      }
      throw error;
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  },

  async settle(trx, ctx, { openId, programmeId }, fetched) {
    const by = { now: ctx.now(), newId: ctx.newId };
    if (!(fetched instanceof LarkRefused) && !('refused' in fetched)) {
      await insertAudit(trx, fetched.programmeId, { ...by, actor: fetched.personId }, fetched.audit);
      return [];
    }
    const facts = await factsFor(trx, ctx, { openId, now: by.now, cause: 'file', post: { programmeId } });
    if (!facts) return [];
    const why = fetched instanceof LarkRefused ? new UserError('file_not_sent') : fetched.refused;
    const card = refused({ reason: why.code, detail: why.detail }, facts.t);
    const identity = NOTICE.fileRefused(ctx.newId());
    return post(trx, by, { identity, kind: 'refused', ...addressOf(facts.member), ...drawn(card, facts.member) });
  },
};

const make: {
  [W in FileOrder['what']]: (
    ctx: Ctx,
    facts: Facts,
    order: Extract<FileOrder, { what: W }>,
    path: string,
  ) => Promise<Made>;
} = {
  async ledger({ db }, facts, _order, path) {
    const { programme, t, me } = facts;
    const realm = permittedRealm(facts, 'export');
    let named = 0;
    const mayName = (id: string) => {
      const allowed = may(me, 'pupils', { kind: 'pupil', id }, programme);
      if (allowed) named += 1;
      return allowed;
    };
    await writeLedger(db, programme, path, { realm, mayName, timezone: facts.timezone }, t);
    const target = realm.kind === 'programme' ? `programme:${programme.id}` : `${realm.kind}:${realm.id}`;
    return {
      name: `${t.ledger.title}-${realmName(programme, realm)}-${facts.today}.xlsx`,
      audit: [{ act: 'export', target, detail: named > 0 ? 'ledger with pupils' : 'ledger' }],
    };
  },
  async template({ presets }, facts, _order, path) {
    const { programme, t, me } = facts;
    if (!importsWorkbooks(facts)) throw new UserError('not_allowed');
    const wide = may(me, 'arrange', { kind: 'programme' }, programme);
    let named = 0;
    const filling = fillingOf(programme, presets(), {
      school: (id) => wide || (id !== undefined && may(me, 'people', { kind: 'school', id }, programme)),
      pupil: (id) => {
        const allowed = may(me, 'pupils', { kind: 'pupil', id }, programme);
        if (allowed) named += 1;
        return allowed;
      },
    });
    await writeWorkbook(path, templateSheets(presets(), filling));
    const detail = named > 0 ? 'template with pupils' : 'template';
    return {
      name: `${t.import.template}-${programme.name}-${facts.today}.xlsx`,
      audit: [{ act: 'export', target: `programme:${programme.id}`, detail }],
    };
  },
  async archive({ db, vault }, facts, { of }, path) {
    const { programme, t, me, today, timezone } = facts;
    permitArchive(facts, of);
    const mayName = (id: string) => may(me, 'pupils', { kind: 'pupil', id }, programme);
    await writeArchive(db, vault, programme, path, { of, today, timezone, mayName }, t);
    const school = of.kind === 'pairing' ? groupName(programme, 'pairing', of.id) : programme.name;
    return {
      name: `${t.archive.title}-${school}-${today}.zip`,
      audit: [{ act: 'archive', target: `${of.kind}:${of.id}`, detail: '' }],
    };
  },
  async certificate({ db }, facts, { term: start }, path) {
    const { programme, t, me, today } = facts;
    const term = programme.terms.find((one) => one.start === start);
    if (!term || !(await writeCertificate(db, programme, path, { personId: me.id, term, today }, t)))
      throw new UserError('gone');
    return {
      name: `${t.archive.workCertificate}-${me.name}-${term.name}.docx`,
      audit: [{ act: 'archive', target: `person:${me.id}`, detail: 'certificate' }],
    };
  },
  async inspection({ db, vault }, facts, { n, seed }, path) {
    const { programme, t, me, today } = facts;
    const realm = permittedRealm(facts, 'inspect');
    const days = summaryDays(programme, 'term', today);
    if (!days) throw new UserError('gone');
    const mayName = (id: string) => may(me, 'pupils', { kind: 'pupil', id }, programme);
    await writeInspection(db, vault, programme, path, { realm, days, today, n, seed, mayName }, t);
    return {
      name: `${t.inspection.title}-${realmName(programme, realm)}-${seed}.zip`,
      audit: [
        {
          act: 'inspect',
          target: realm.kind === 'programme' ? `programme:${programme.id}` : `${realm.kind}:${realm.id}`,
          detail: seed,
        },
      ],
    };
  },
  paper: makePaper,
  async circular({ db }, facts, { inspection: id }, path) {
    const { programme, t, today, me } = facts;
    const inspection = (await inspectionsOf(db, programme.id)).find((i) => i.id === id);
    if (!inspection || !mayInspect(me, inspection, programme)) throw new UserError('gone');
    const name = inspectedName(programme, inspection.of);
    const { pageDocument } = await import('../../export/documents.ts');
    // Circulars get forwarded, so they never name a pupil, even if the reader may see the name.
    const words = (text: string) =>
      wordsShown(unnamed(programme, inspection.of, text, t.inspection.somebody), { ...facts, group: true });
    const about = { name, person: () => '', circular: true, words };
    await writeFile(path, await pageDocument(inspectionPage(inspection, about, t), t));
    const target = `${inspection.of.kind}:${inspection.of.id}`;
    return {
      name: `${t.inspection.circular}-${name}-${today}.docx`,
      audit: [{ act: 'inspect', target, detail: 'circular' }],
    };
  },
  async list({ db }, facts, { view, ids }, path) {
    const { t, today } = facts;
    const listed = await transact(db, async (trx) => lists[view](trx, facts, ids, { page: 1, size: MAX_ROWS }));
    await writeList(path, t.lists[view], listed.columns, listed.rows);
    const audit = [{ act: 'export', target: `list:${view}`, detail: '' }, ...(listed.audit ?? [])];
    return { name: `${t.lists[view]}-${today}.xlsx`, audit };
  },
};
