import type { ImportModel } from '../../cards/import.ts';
import { type Card, importPreview, refused } from '../../cards/index.ts';
import { LarkRefused } from '../../lark/refusal.ts';
import type { RosterWarning } from '../../plan/checks.ts';
import { CAUSE, CHORE, NOTICE } from '../../plan/identities.ts';
import type { Plan } from '../../plan/plan.ts';
import { warningsFor } from '../../plan/roster-warnings.ts';
import { planChore } from '../../store/chores.ts';
import type { Db } from '../../store/db.ts';
import { againstRows, type Imported, importProgramme } from '../../store/import.ts';
import type { ImportedRow } from '../../store/import-rows.ts';
import { transact } from '../../store/transaction.ts';
import { insertUpload } from '../../store/uploads.ts';
import { type FileRows, readRows, rowsOfGrids } from '../../workbook/read.ts';
import { agreedRows, refusedAt, type Taken } from '../../workbook/take.ts';
import { LIMITS } from '../../workbook/unpack.ts';
import type { ChoreBodies, ChoreKind } from '../intake/chore.ts';
import { type Facts, factsFor, factsOfPosts } from '../intake/facts.ts';
import { inPost } from '../intake/in-post.ts';
import { reply } from '../intake/reply.ts';
import { gridsOfBase } from './base-lists.ts';
import { importsWorkbooks, outOfScope } from './import-scope.ts';

const MOST_PROBLEMS = 200;
const MOST_NOTES = 10;

/** A file and what it would do to the programme of that version; `not_allowed`: the sender may not import. */
type Read = 'not_allowed' | { found: FileRows; taken: Taken; preview?: Imported; programmeId: string; version: number };

/**
 * Fetches and reads a file, then shows what it would change and which rows cannot be imported. Nothing changes until confirmed.
 */
export const readWorkbookChore: ChoreKind<'read_workbook', Read> = {
  async fetch(ctx, { upload, openId, programmeId, messageId, fileKey, fileName, base }) {
    const source = { messageId, fileKey, type: 'file' as const, maxBytes: LIMITS.bytes };
    const data = base === undefined ? (await ctx.lark.download(source)).data : await gridsOfBase(ctx, base);
    const factsAsked = { openId, now: ctx.now(), cause: CAUSE.upload(upload) };
    const [first, posts] = await transact(
      ctx.db,
      async (trx) =>
        [
          await factsFor(trx, ctx, { ...factsAsked, post: { programmeId } }),
          (await factsOfPosts(trx, ctx, factsAsked)).filter(importsWorkbooks),
        ] as const,
    );
    if (!first) return 'not_allowed';
    const calendar = { today: first.today, terms: first.programme.terms };
    const found = Array.isArray(data)
      ? rowsOfGrids(data, fileName, calendar)
      : await readRows(data, fileName, calendar);
    const facts = postOf(posts, found, programmeId);
    if (!facts) return 'not_allowed';
    const taken = await takenBy(ctx.db, facts, found, ctx.presets());
    const preview = taken.programme && (await importProgramme(ctx.db, taken.programme, { ...facts, dry: true }));
    const { id, version } = facts.programme;
    return { found, taken, ...(preview && { preview }), programmeId: id, version };
  },

  async settle(trx, ctx, { upload: id, openId, messageId, fileName, base, quiet }, fetched) {
    const now = ctx.now();
    if (fetched === 'not_allowed') return [];
    const posts = (await factsOfPosts(trx, ctx, { openId, now, cause: CAUSE.upload(id) })).filter(importsWorkbooks);
    const facts =
      fetched instanceof LarkRefused ? posts[0] : posts.find((post) => post.programme.id === fetched.programmeId);
    if (!facts) return [];
    const answer = (card: Card) =>
      reply(trx, facts, { messageId, identity: NOTICE.importPreview(id), card: inPost(card, facts) });
    if (fetched instanceof LarkRefused) return answer(refused({ reason: 'bad_file', detail: fetched.advice }, facts.t));
    const { found, taken, preview, version } = fetched;
    const input = taken.programme;
    const rows = preview?.rows ?? [];
    const count = (outcome: ImportedRow['outcome']) => rows.filter((r) => r.outcome === outcome).length;
    const shown: ImportModel = {
      import: id,
      file: fileName,
      created: count('new'),
      updated: count('changed'),
      unchanged: count('same') + count('known'),
      lists: listsOf(rows),
      absent: count('kept'),
      usable: new Set(taken.rows.map((row) => row.at)).size,
      roles: roleLines(rows),
      renamed: rows.flatMap(({ name, was }) => (was ? [{ name, was }] : [])),
      ...(preview && { lacking: lackingOf(warningsFor(facts.me, preview.programme)) }),
      notes: found.notes.slice(0, MOST_NOTES),
      problems: taken.problems.slice(0, MOST_PROBLEMS).map((p) => ({ at: p.path || p.file, text: p.message })),
    };
    if (quiet && shown.created + shown.updated + shown.problems.length === 0) return [];
    const { id: programmeId } = facts.programme;
    const upload = { id, programmeId, version, openId, shown };
    await insertUpload(trx, { ...upload, state: input ? 'previewed' : 'refused', ...(input && { input }) }, now);
    const hints = await answer(importPreview(shown, facts.t));
    if (taken.problems.length === 0 || base !== undefined) return hints;
    // A sender whose rows were refused gets a template that imports cleanly, filled in with the known data.
    const body: ChoreBodies['send_file'] = { openId, programmeId, order: { what: 'template' } };
    const form = {
      id: facts.newId(),
      identity: CHORE.sendFile(CAUSE.upload(id), programmeId),
      kind: 'send_file',
      body,
    };
    return [...hints, ...(await planChore(trx, form, now))];
  },
};

/** The programme a file belongs to: the one it names, otherwise the one that has more of its schools. */
function postOf(posts: Facts[], { name, rows }: FileRows, fallbackId: string): Facts | undefined {
  const text = JSON.stringify(rows.map((row) => row.value));
  const known = ({ programme }: Facts) => programme.schools.filter((s) => text.includes(s.name)).length;
  const likely = posts.toSorted(
    (a, b) => known(b) - known(a) || Number(b.programme.id === fallbackId) - Number(a.programme.id === fallbackId),
  );
  return posts.find((f) => f.programme.name === name) ?? likely[0];
}

const lackingOf = (all: RosterWarning[]): ImportModel['lacking'] => ({
  first: all.slice(0, MOST_PROBLEMS),
  count: all.length,
});

/** The new and changed rows by their list. */
const listsOf = (rows: ImportedRow[]): ImportModel['lists'] => {
  const changed = rows.filter((r) => r.outcome === 'new' || r.outcome === 'changed');
  return Object.fromEntries([...Map.groupBy(changed, (r) => r.list)].map(([list, of]) => [list, of.length]));
};

const roleLines = (rows: ImportedRow[]): ImportModel['roles'] =>
  rows.flatMap(({ name, roles }) => (roles ? [{ name, ...roles }] : []));

/** The rows left after removing those that the store or the sender's rights rule out. */
async function takenBy(db: Db, facts: Facts, found: FileRows, presets: Map<string, Plan>): Promise<Taken> {
  const { programme, me, t } = facts;
  if (found.name !== undefined && found.name !== programme.name) {
    const message = t.import.otherProgramme(programme.name);
    return { rows: [], problems: [{ file: found.file, path: found.name, message }] };
  }
  const about = { presets, name: programme.name, stored: programme, ...(me.schoolId && { schoolId: me.schoolId }) };
  return agreedRows(found, about, async (input, rowsOf) => {
    const against = refusedAt(await againstRows(db, input), rowsOf);
    if (against.size > 0) return against;
    const { rows } = await importProgramme(db, input, { ...facts, dry: true });
    const refused = outOfScope(facts, input, rows).map(({ list, name }) => {
      const who = list === 'people' ? `${name}：` : '';
      return { rows: rowsOf(list, name), why: `${who}${t.import.outOfScope}` };
    });
    return new Map(refused.flatMap(({ rows, why }) => rows.map((row) => [row, why])));
  });
}
