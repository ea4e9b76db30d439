import type { ImportModel } from '../../cards/import.ts';
import { notice } from '../../cards/index.ts';
import { planAnswers, planDraftCard } from '../../cards/plan-draft.ts';
import { UserError } from '../../errors.ts';
import type { Range } from '../../plan/dates.ts';
import { CHORE } from '../../plan/identities.ts';
import type { ProgrammeInput } from '../../plan/programme-file.ts';
import { parseProgramme } from '../../plan/programme-file.ts';
import { rehearsing } from '../../plan/rehearse.ts';
import { finished } from '../../plan/steps.ts';
import type { Trx } from '../../store/transaction.ts';
import { insertUpload, lockUpload, type StoredUpload, setUpload } from '../../store/uploads.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action } from '../intake/outcome.ts';
import { adoptsPlans, type KeptDraft } from './plan-draft.ts';

/** Rehearsing more people than this takes longer than a click allows. */
const MOST_REHEARSED = 400;

/** 采用: turns the ticked demands into a plan of the programme, logs who pressed it, and rehearses the term. */
export const planAdoptAction: Action<'plan_adopt'> = {
  name: 'plan_adopt',
  run: async (trx, facts, { value, form }) => {
    const kept = await ownDraft(trx, facts, value.import);
    const { t, me, today } = facts;
    if (kept.state !== 'previewed') return { say: () => settledCard(kept.state, facts) };
    const { model, source, requirements } = kept.shown;
    const chosen = new Set(planAnswers(model, form));
    if (chosen.size === 0)
      return { say: () => planDraftCard(model, t), toast: { type: 'warning', content: t.planDraft.none } };
    const id = freeId(facts, `plan-${today}`);
    const adopted = requirements.filter((r) => chosen.has(r.id ?? ''));
    const input = planInput(facts, { id, title: model.title, source, requirements: adopted });
    const upload = facts.newId();
    const shown: ImportModel = {
      import: upload,
      file: source,
      created: 1,
      lists: { plans: 1 },
      updated: 0,
      unchanged: 0,
      absent: 0,
      problems: [],
    };
    const { id: programmeId, version } = facts.programme;
    await setUpload(trx, kept, 'imported');
    await insertUpload(
      trx,
      { id: upload, programmeId, version, openId: facts.openId, state: 'confirmed', shown, input },
      facts.now,
    );
    return {
      do: [{ what: 'chore', identity: CHORE.importWorkbook(upload), kind: 'import_workbook', body: { upload } }],
      say: () => {
        const text = [t.planDraft.adopted(chosen.size, me.name), rehearsedLine(facts, input)]
          .filter(Boolean)
          .join('\n');
        return notice({ title: t.planDraft.title, text, template: 'green' }, t);
      },
    };
  },
};

/** 不用: discards the draft. */
export const planDiscardAction: Action<'plan_discard'> = {
  name: 'plan_discard',
  run: async (trx, facts, { value }) => {
    const kept = await ownDraft(trx, facts, value.import);
    if (kept.state === 'previewed') await setUpload(trx, kept, 'cancelled');
    return { say: () => settledCard(kept.state === 'previewed' ? 'cancelled' : kept.state, facts) };
  },
};

async function ownDraft(trx: Trx, facts: Facts, id: string): Promise<StoredUpload<KeptDraft>> {
  const kept = await lockUpload<KeptDraft>(trx, id);
  if (!kept || kept.programmeId !== facts.programme.id) throw new UserError('gone');
  if (kept.openId !== facts.openId || !adoptsPlans(facts)) throw new UserError('not_allowed');
  return kept;
}

const settledCard = (state: StoredUpload['state'], { t }: Facts) =>
  notice(
    { title: t.planDraft.title, text: state === 'imported' ? t.planDraft.done : t.import.cancelled, template: 'grey' },
    t,
  );

function freeId({ programme }: Facts, wanted: string): string {
  const used = new Set(programme.plans.map((use) => use.plan.id));
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}-${n}`;
    if (!used.has(id)) return id;
  }
}

function planInput({ programme }: Facts, plan: object): ProgrammeInput {
  const parsed = parseProgramme({ name: programme.name, plans: [plan] }, '', new Map(), () => programme);
  if ('problems' in parsed) throw new UserError('bad_form');
  return parsed.programme;
}

/** What the programme would send in the term with this plan if no report came in. */
function rehearsedLine({ programme, today, t }: Facts, { plans }: ProgrammeInput): string | undefined {
  const term = programme.terms.toSorted((a, b) => (a.start < b.start ? -1 : 1)).find((one) => one.end >= today);
  if (!term || programme.people.length > MOST_REHEARSED) return undefined;
  const days: Range = { start: today > term.start ? today : term.start, end: term.end };
  const rehearsed = finished(rehearsing({ ...programme, plans: [...programme.plans, ...plans] }, days));
  const more = rehearsed.messages - finished(rehearsing(programme, days)).messages;
  const { busiest, byPerson } = rehearsed;
  const all = t.planDraft.rehearsed(term.name, rehearsed.messages, more);
  return busiest ? `${all}${t.planDraft.busiest(busiest.date, busiest.messages, byPerson[0]?.messages ?? 0)}` : all;
}
