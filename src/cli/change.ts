import { parseArgs } from 'node:util';
import { pairingsCalled, schoolsCalled } from '../plan/called.ts';
import { editsOf, type RosterChange } from '../plan/roster-change.ts';
import { changeRoster } from '../store/change-roster.ts';
import { listProgrammes, type StoredProgramme } from '../store/programmes.ts';
import { transact } from '../store/transaction.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { dateArg, todayOf } from './moments.ts';
import { findPerson, findPupil, findSchool } from './names.ts';

type Options = Partial<Record<'from' | 'to' | 'on' | 'reason' | 'pupil' | 'requirement', string>>;
/** The programme that a change is about, and the change. */
type Meant = { programmeId: string; change: RosterChange };

/** The changes that a coordinator can make in the chat. */
export const change: OperatorCommand = {
  usage:
    'change leave PERSON --from DATE --to DATE [--reason TEXT] | replace PERSON PERSON [--pupil NAME] [--on DATE] | ' +
    'person-leaves PERSON [--on DATE] | pupil-leaves|pupil-returns PUPIL [--on DATE] | care-begins PERSON PUPIL [--on DATE] | ' +
    'mentorship-begins PERSON PERSON [--on DATE] | pairing-ends A→B [--on DATE] | ' +
    'waive PERSON|SCHOOL|PUPIL|A→B --reason TEXT [--requirement ID] [--from DATE] [--to DATE]',
  summary:
    'change the roster: leave, a new mentor, a pupil who comes, goes or is back, a pairing that ends, a waiver; duties follow',
  run: async ({ args, io, core }) => {
    const text = { type: 'string' } as const;
    const { values, positionals } = parseArgs({
      args,
      options: { from: text, to: text, on: text, reason: text, pupil: text, requirement: text },
      allowPositionals: true,
    });
    const [what = '', ...names] = positionals;
    const { ctx } = core;
    const on = dateArg(values.on, core);
    for (const date of [values.from, values.to]) dateArg(date, core);
    if (values.from && values.to && values.to < values.from) throw new Usage('--to lies before --from');
    const programmes: StoredProgramme[] = [];
    for (const { id } of await listProgrammes(ctx.db)) programmes.push(await ctx.programmeOf(ctx.db, id));
    const meant = Object.hasOwn(CHANGES, what) ? CHANGES[what]!(programmes, names, values, on) : undefined;
    if (!meant) throw new Usage(`change takes one of: ${Object.keys(CHANGES).join(', ')}`);
    const programme = programmes.find((p) => p.id === meant.programmeId)!;
    if ('nothing' in editsOf(programme, meant.change, ctx.newId)) {
      io.err('nothing to change\n');
      return 1;
    }
    const at = { today: todayOf(core), now: ctx.now(), actor: 'administrator', newId: ctx.newId };
    await transact(ctx.db, (trx) => changeRoster(trx, programme, [meant.change], at));
    io.out('changed\n');
    return 0;
  },
};

type Read = (programmes: StoredProgramme[], names: string[], options: Options, on: string) => Meant | undefined;

const CHANGES: Record<string, Read> = {
  leave: (programmes, [name = ''], { from, to, reason }) => {
    if (!from || !to) throw new Usage('leave needs --from and --to');
    const { id, programmeId } = findPerson(programmes, name);
    return { programmeId, change: { what: 'leave', personId: id, from, to, ...(reason && { reason }) } };
  },
  replace: (programmes, [old = '', next = ''], { pupil }, on) => {
    const from = findPerson(programmes, old);
    const { programmeId } = from;
    const to = findPerson(
      programmes.filter((p) => p.id === programmeId),
      next,
    );
    const only = pupil === undefined ? {} : { pupilId: findPupil(programmes, pupil).id };
    return { programmeId, change: { what: 'replace', fromId: from.id, toId: to.id, on, ...only } };
  },
  'person-leaves': (programmes, [name = ''], _options, on) => {
    const { id, programmeId } = findPerson(programmes, name);
    return { programmeId, change: { what: 'person_leaves', personId: id, on } };
  },
  'pupil-leaves': (programmes, [name = ''], _options, on) => {
    const { id, programmeId } = findPupil(programmes, name);
    return { programmeId, change: { what: 'pupil_leaves', pupilId: id, on } };
  },
  'pupil-returns': (programmes, [name = ''], _options, on) => {
    const { id, programmeId } = findPupil(programmes, name);
    return { programmeId, change: { what: 'pupil_returns', pupilId: id, on } };
  },
  'care-begins': (programmes, [mentor = '', pupil = ''], _options, on) => {
    if (pupil === '') throw new Usage('care-begins needs a person and a pupil');
    const { id, programmeId } = findPerson(programmes, mentor);
    return { programmeId, change: { what: 'care_begins', mentorId: id, name: pupil, on } };
  },
  'mentorship-begins': (programmes, [mentor = '', mentee = ''], _options, on) => {
    const from = findPerson(programmes, mentor);
    const { programmeId } = from;
    const to = findPerson(
      programmes.filter((p) => p.id === programmeId),
      mentee,
    );
    return { programmeId, change: { what: 'mentorship_begins', mentorId: from.id, menteeId: to.id, on } };
  },
  'pairing-ends': (programmes, [name = ''], _options, on) => {
    const { id, programmeId } = pairingNamed(programmes, name);
    return { programmeId, change: { what: 'pairing_ends', pairingId: id, on } };
  },
  waive: (programmes, [name = ''], { from, to, reason, requirement }) => {
    if (!reason) throw new Usage('waive needs --reason');
    const { programmeId, ...about } = waived(programmes, name);
    const programme = programmes.find((p) => p.id === programmeId)!;
    const known = programme.plans.flatMap((use) => use.plan.requirements.map((r) => r.id));
    if (requirement && !known.includes(requirement)) throw new Usage(`no requirement ${requirement}`);
    const dates = { ...(from && { from }), ...(to && { to }) };
    const of = requirement ? { requirementId: requirement } : {};
    return { programmeId, change: { what: 'waive', ...about, ...of, ...dates, reason } };
  },
};

/** The subject that a word names, in the order of the chat's 豁免: `甲校→乙校`, `学生小一`, a school, else a person, else a pupil. */
function waived(programmes: StoredProgramme[], name: string) {
  if (/→|->/.test(name)) {
    const { id, programmeId } = pairingNamed(programmes, name);
    return { programmeId, pairingId: id };
  }
  if (programmes.some((p) => schoolsCalled(p, name).length > 0)) {
    const { id, programmeId } = findSchool(programmes, name);
    return { programmeId, schoolId: id };
  }
  const among = (list: 'people' | 'pupils') => programmes.some((p) => p[list].some((one) => one.name === name));
  if (name.startsWith('学生') || (!among('people') && among('pupils'))) {
    const { id, programmeId } = findPupil(programmes, name);
    return { programmeId, pupilId: id };
  }
  const { id, programmeId } = findPerson(programmes, name);
  return { programmeId, personId: id };
}

function only<T>(found: T[], what: string, name: string): T {
  if (found.length === 1) return found[0]!;
  throw new Usage(found.length === 0 ? `no ${what} ${name}` : `${found.length} ${what}s ${name}; write 学校/姓名`);
}

const pairingNamed = (programmes: StoredProgramme[], name: string) =>
  only(
    programmes.flatMap((p) => pairingsCalled(p, name).map(({ id }) => ({ id, programmeId: p.id }))),
    'pairing',
    name,
  );
