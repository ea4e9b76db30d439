import type { Card, Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import {
  type Arrangement,
  concerned,
  effectOf,
  isOwnAffair,
  lacking,
  mayArrange,
  targetsOf,
} from '../../plan/arrangement.ts';
import { NOTICE } from '../../plan/identities.ts';
import { type Actor, actingOn, whomToAsk } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { lockProposal, type Proposal } from '../../store/arrangements.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Change } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Click, Command, Outcome } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { report } from '../report/report.ts';
import { proposalCard, UNDO_MS } from './arrangement-card.ts';
import { heard } from './heard.ts';
import { proposed } from './propose.ts';
import { saidIn } from './sayings.ts';

const DAYS_MS = 14 * 24 * 3_600_000;

/** Words without which nothing is arranged; who reports a lesson is not looked up in the roster for it. */
const MAY_ARRANGE =
  /假|接替|接手|接任|顶[替上]|代替|换|改由|转由|交给|转给|由.+带|调走|调离|调动|调到|离任|离职|辞职|退休|借调|退出帮扶|转学|转走|转校|转到|离校|退学|休学|毕业|免|不用|不必|不需要|学生(?:离开|退出)|结对|^(?:leave|replace|waive|lift|person leaves|pupil leaves|pairing ends)\s/i;

const LONGEST = 200;

/** 陈志远下周请假 · 陈志远调走了李晓梅接替 · 小雨的家访免了 · 请假 张三 11-20至11-30; what arranges nothing is read as a report. */
export const arrangeCommand: Command<string> = {
  name: 'arrange',
  match: (text) => (text.length <= LONGEST && MAY_ARRANGE.test(text) ? text : undefined),
  run: async (trx, facts, text) => {
    const said = saidIn(heard(text, facts.programme, facts.at.today));
    return said ? propose(facts, proposed(facts, said), text) : report(trx, facts, text);
  },
};

/** The preview; of those who may not arrange it the coordinators are asked, where it is their own affair. */
function propose(facts: Facts, arrangement: Arrangement, words: string): Outcome {
  const { me, programme, now, newId } = facts;
  const pupils = targetsOf(arrangement).some((target) => target.kind === 'pupil');
  if (facts.group && (pupils || (arrangement.what === 'replace' && arrangement.pupilId))) throw new UserError('group');
  const proposal: Proposal = {
    id: newId(),
    version: 1,
    state: 'proposed',
    personId: me.id,
    createdAt: now,
    arrangement,
  };
  if (!mayArrange(me, arrangement, programme)) return ask(facts, { ...proposal, state: 'asked', words });
  if (lacking(arrangement).length === 0) refuseNothing(facts, arrangement);
  return { do: [{ what: 'proposal', proposal }], say: () => proposalCard(facts, proposal, { as: 'arranger' }) };
}

function ask(facts: Facts, proposal: Proposal): Outcome {
  const { me, programme, t } = facts;
  const { arrangement } = proposal;
  const target = targetsOf(arrangement)[0]!;
  const own = isOwnAffair(me, arrangement, programme);
  const coordinators = own ? whomToAsk(me, 'arrange', target, programme) : [];
  if (coordinators.length === 0) for (const each of targetsOf(arrangement)) permit(facts, 'arrange', each);
  const personal = t.arrange.handedOn(coordinators.map((p) => p.name).join(t.comma));
  return {
    do: [
      { what: 'proposal', proposal },
      ...coordinators.map(
        (reader): Change => ({
          what: 'notify',
          identity: NOTICE.arrangementAsked(proposal.id, reader.id),
          kind: 'arranged',
          personId: reader.id,
          line: 'answers',
          card: (theirs) => proposalCard(facts, proposal, { as: 'arranger', reader, t: theirs }),
        }),
      ),
    ],
    say: () => proposalCard(facts, proposal, { as: 'asker', problem: personal }),
  };
}

function refuseNothing({ programme, today, newId, t }: Facts, arrangement: Arrangement): void {
  if (!effectOf(programme, arrangement, today, newId)) throw new UserError('unchanged', t.arrange.none);
}

/** The proposal a button is about, locked. Throws gone, not_allowed, and stale where an older card was pressed. */
async function pressed(
  trx: Trx,
  facts: Facts,
  { value }: Pick<Click<'arrange_confirm'>, 'value'>,
): Promise<{ proposal: Proposal; open: boolean }> {
  const proposal = await lockProposal(trx, facts.programme.id, value.arrangement);
  if (!proposal) throw new UserError('gone');
  const open = proposal.state === 'proposed' || proposal.state === 'asked';
  if (open && (proposal.version !== value.v || facts.now - proposal.createdAt > DAYS_MS)) throw new UserError('stale');
  return { proposal, open };
}

/** As before, and the presser may arrange it. */
async function deciding(trx: Trx, facts: Facts, click: Pick<Click<'arrange_confirm'>, 'value'>) {
  const found = await pressed(trx, facts, click);
  for (const target of targetsOf(found.proposal.arrangement)) permit(facts, 'arrange', target);
  return found;
}

const shown = (facts: Facts, proposal: Proposal) => ({ say: () => proposalCard(facts, proposal, { as: 'arranger' }) });

/** 确认: the arrangement takes effect and everyone concerned is notified. */
export const arrangeConfirmAction: Action<'arrange_confirm'> = {
  name: 'arrange_confirm',
  run: async (trx, facts, click) => {
    const { proposal, open } = await deciding(trx, facts, click);
    if (!open) return shown(facts, proposal);
    const { programme, me, now, today, newId } = facts;
    const { arrangement, version } = proposal;
    if (lacking(arrangement).length > 0) throw new UserError('stale');
    const effect = effectOf(programme, arrangement, today, newId);
    if (!effect) throw new UserError('unchanged', facts.t.arrange.none);
    const done: Proposal = { ...proposal, state: 'done', version: version + 1, byId: me.id, doneAt: now };
    return {
      do: [
        { what: 'arrange', proposal: done },
        ...tell(facts, done, NOTICE.arranged, (reader, t) =>
          proposalCard(facts, done, { as: seesAs(done, reader), reader, t, after: effect.after }),
        ),
      ],
      ...shown(facts, done),
    };
  },
};

const seesAs = (proposal: Proposal, reader: Actor) =>
  proposal.words !== undefined && proposal.personId === reader.id ? ('asker' as const) : ('concerned' as const);

/** A card for everybody whom it concerns, and for who asked for it. */
function tell(
  facts: Facts,
  { id, arrangement, personId, words }: Proposal,
  identity: (id: string, personId: string) => string,
  card: (reader: Actor, t: Texts) => Card,
): Change[] {
  const { programme, today, me } = facts;
  const people = concerned(programme, arrangement, today);
  const asker = words === undefined ? undefined : rosterOf(programme).person.get(personId);
  const all = asker && !people.some((p) => p.id === asker.id) ? [...people, actingOn(asker, today)] : people;
  return all
    .filter((p) => p.id !== me.id)
    .map((reader) => ({
      what: 'notify',
      identity: identity(id, reader.id),
      kind: 'arranged',
      personId: reader.id,
      card: (t: Texts) => card(reader, t),
    }));
}

/** 改: the same with a form. */
export const arrangeEditAction: Action<'arrange_edit'> = {
  name: 'arrange_edit',
  run: async (trx, facts, click) => {
    const { proposal, open } = await deciding(trx, facts, click);
    return { say: () => proposalCard(facts, proposal, { as: 'arranger', editing: open }) };
  },
};

/** The form's answer makes it another proposal under the same id. */
export const arrangeSaveAction: Action<'arrange_save'> = {
  name: 'arrange_save',
  run: async (trx, facts, click) => {
    const { proposal, open } = await deciding(trx, facts, click);
    if (!open) return shown(facts, proposal);
    const arrangement = withAnswers(proposal.arrangement, click.form);
    const missing = lacking(arrangement);
    if (missing.length === 0) refuseNothing(facts, arrangement);
    const next: Proposal = { ...proposal, arrangement, version: proposal.version + 1 };
    return { do: [{ what: 'proposal', proposal: next }], ...shown(facts, next) };
  },
};

/** What the form says in place of what was said. */
function withAnswers(a: Arrangement, form: Click['form']): Arrangement {
  const day = (name: string) => /^\d{4}-\d\d-\d\d/.exec(String(form[name] ?? ''))?.[0];
  if (a.what === 'lift') return a;
  if (a.what !== 'leave' && a.what !== 'waive') return { ...a, on: day('on') ?? a.on };
  const [from, to] = [day('from') ?? a.from, day('to') ?? a.to ?? day('from')];
  if (from && to && to < from) throw new UserError('bad_form');
  const reason = typeof form.reason === 'string' ? form.reason.trim().normalize('NFC').slice(0, 100) : a.reason;
  return { ...a, ...(from && { from }), ...(to && { to }), ...(reason ? { reason } : { reason: undefined }) };
}

/** 取消: by who proposed it, or by a coordinator. */
export const arrangeCancelAction: Action<'arrange_cancel'> = {
  name: 'arrange_cancel',
  run: async (trx, facts, click) => {
    const { proposal, open } = await pressed(trx, facts, click);
    const own = proposal.personId === facts.me.id;
    if (!own) for (const target of targetsOf(proposal.arrangement)) permit(facts, 'arrange', target);
    const as = own && proposal.words !== undefined ? 'asker' : 'arranger';
    if (!open) return { say: () => proposalCard(facts, proposal, { as }) };
    const dropped: Proposal = { ...proposal, state: 'dropped', version: proposal.version + 1 };
    return { do: [{ what: 'proposal', proposal: dropped }], say: () => proposalCard(facts, dropped, { as }) };
  },
};

/** 不用: the person who asked is notified. */
export const arrangeDeclineAction: Action<'arrange_decline'> = {
  name: 'arrange_decline',
  run: async (trx, facts, click) => {
    const { proposal, open } = await deciding(trx, facts, click);
    if (!open) return shown(facts, proposal);
    const { me, programme, today } = facts;
    const { version, personId, id } = proposal;
    const refused: Proposal = { ...proposal, state: 'refused', version: version + 1, byId: me.id };
    const asker = rosterOf(programme).person.get(personId);
    const reader = asker && actingOn(asker, today);
    return {
      do: [
        { what: 'proposal', proposal: refused },
        {
          what: 'notify',
          identity: NOTICE.arrangementRefused(id),
          kind: 'arranged',
          personId,
          card: (t) => proposalCard(facts, refused, { as: 'asker', t, ...(reader && { reader }) }),
        },
      ],
      ...shown(facts, refused),
    };
  },
};

/** 撤销, within a day: restores roster, duties and counts, and notifies everyone again. */
export const arrangeUndoAction: Action<'arrange_undo'> = {
  name: 'arrange_undo',
  run: async (trx, facts, click) => {
    const { proposal } = await deciding(trx, facts, click);
    const { state, doneAt = 0, version } = proposal;
    if (state !== 'done') return shown(facts, proposal);
    if (facts.now - doneAt > UNDO_MS) throw new UserError('unchanged', facts.t.arrange.undoOver);
    const undone: Proposal = { ...proposal, state: 'undone', version: version + 1 };
    return {
      do: [
        { what: 'unarrange', proposal: undone },
        ...tell(facts, undone, NOTICE.unarranged, (reader, t) =>
          proposalCard(facts, undone, { as: seesAs(undone, reader), reader, t }),
        ),
      ],
      ...shown(facts, undone),
    };
  },
};
