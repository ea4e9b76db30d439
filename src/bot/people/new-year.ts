import { type Card, importPreview } from '../../cards/index.ts';
import { type NewYearModel, newYear } from '../../cards/new-year.ts';
import { UserError } from '../../errors.ts';
import type { Ymd } from '../../plan/dates.ts';
import { NOTICE } from '../../plan/identities.ts';
import {
  isBegun,
  likelyTerms,
  running,
  type Scope,
  type YearDecided,
  type YearsOf,
  yearChange,
  yearToClose,
} from '../../plan/new-year.ts';
import { may } from '../../plan/policy.ts';
import type { Term } from '../../plan/programme.ts';
import { pupilName } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import { importProgramme } from '../../store/import.ts';
import { staysBeyond } from '../../store/owed.ts';
import type { Trx } from '../../store/transaction.ts';
import { importsWorkbooks, outOfScope } from '../files/import-scope.ts';
import type { Facts } from '../intake/facts.ts';
import type { Action, Command, FormAnswers } from '../intake/outcome.ts';
import { personNamed } from './names-and-dates.ts';

/** 新学年: asks on one card what ends, what continues and who moves up, and previews it before anything changes. */
export const newYearCommand: Command = {
  name: 'new-year',
  each: 'apart',
  match: (text) => (/^(?:开始)?(?:新学年|换学年|升学年|学年交替)[。.!！]?$|^new year$/i.test(text) ? {} : undefined),
  run: async (trx, facts) => {
    const yearAsked = await askedBy(trx, facts);
    return { say: () => yearAsked.card() };
  },
};

/** 开始新学年 on the June card: sends the form in a separate message. */
export const newYearAction: Action<'new_year'> = {
  name: 'new_year',
  run: async (trx, facts) => {
    const card = (await askedBy(trx, facts)).card();
    const identity = NOTICE.form(facts.cause);
    return { do: [{ what: 'notify', identity, kind: 'answer', personId: facts.me.id, line: 'answers', card }] };
  },
};

interface AskedYear {
  years: YearsOf;
  scope: Scope;
  stays: YearDecided['stays'];
  /** Whether this person sets the terms. */
  setsTerms: boolean;
  card(problem?: { problem: string; added?: string }): Card;
}

/** The questions for a coordinator. Throws not_allowed, group, or unchanged if there is nothing to change. */
async function askedBy(trx: Trx, facts: Facts): Promise<AskedYear> {
  const { programme, me, today, t } = facts;
  if (facts.group) throw new UserError('group');
  if (!importsWorkbooks(facts)) throw new UserError('not_allowed');
  const years = yearToClose(programme, today);
  if (!years) throw new UserError('unchanged', t.newYear.tooEarly);
  if (isBegun(programme, years.closing + 1, me.schoolId)) throw new UserError('unchanged', t.newYear.begun);
  const managesProgramme = may(me, 'arrange', { kind: 'programme' }, programme);
  const bureau = programme.people.some((p) => p.roles.includes('bureau_coordinator'));
  const setsTerms = managesProgramme || !bureau;
  // Schools decide about their pupils; programme-wide coordinators set the terms.
  const scope: Scope = { schoolId: me.schoolId };
  const { cares, mentorships } = running(programme, years, scope);
  const { personName, schoolName, pupil } = rosterOf(programme);
  const isOfOwnSchool = (personId: string) => rosterOf(programme).person.get(personId)?.schoolId === me.schoolId;
  const stays = (await staysBeyond(trx, programme.id, years.end)).filter((a) => isOfOwnSchool(a.byId));
  const model: NewYearModel = {
    year: years.closing + 1,
    ...(setsTerms && { terms: likelyTerms(programme, years) }),
    cares: cares.map((c) => ({
      value: c.id,
      label: `${personName(c.mentorId)} → ${pupilName(c.pupilId, facts) ?? t.hiddenPupils(1)}`,
    })),
    mentorships: mentorships.map((m) => ({
      value: m.id,
      label: `${personName(m.mentorId)} → ${personName(m.menteeId)}`,
    })),
    stays: stays.map((a) => ({ value: a.id, label: `${personName(a.byId)} → ${schoolName(a.placeId) ?? ''}` })),
    pupils: new Set(cares.filter((c) => pupil.get(c.pupilId)?.grade).map((c) => c.pupilId)).size,
  };
  return { years, scope, stays, setsTerms, card: (problem) => newYear({ ...model, ...problem }, t) };
}

/** 预览: what would change, as with a file; 确认导入 carries it out. */
export const newYearPreviewAction: Action<'new_year_preview'> = {
  name: 'new_year_preview',
  run: async (trx, facts, { value: { year }, form }) => {
    const yearAsked = await askedBy(trx, facts);
    if (yearAsked.years.closing + 1 !== year) throw new UserError('stale');
    const added = text(form.added);
    try {
      const decided = decidedIn(facts, yearAsked, form);
      const { input, counts } = yearChange(facts.programme, yearAsked.years, yearAsked.scope, decided);
      const { rows } = await importProgramme(trx, input, { ...facts, dry: true });
      if (outOfScope(facts, input, rows).length > 0) throw new UserError('not_allowed');
      const id = facts.newId();
      const count = (outcome: string) => rows.filter((r) => r.outcome === outcome).length;
      const shown = {
        ...{ import: id, file: facts.t.newYear.title(year), problems: [] },
        ...{ created: count('new'), updated: count('changed'), unchanged: count('same'), absent: 0 },
        year: counts,
      };
      const { id: programmeId, version } = facts.programme;
      const upload = { id, programmeId, version, openId: facts.openId, state: 'previewed' as const, shown, input };
      return { do: [{ what: 'upload', upload }], say: () => importPreview(shown, facts.t) };
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'bad_form') throw error;
      const problem = `${facts.t.refusals.bad_form}${error.detail ?? ''}`;
      return { say: () => yearAsked.card({ problem, added }), toast: { type: 'error', content: problem } };
    }
  },
};

const text = (answer: FormAnswers[string] | undefined): string => (typeof answer === 'string' ? answer.trim() : '');
const chosen = (answer: FormAnswers[string] | undefined): string[] => (Array.isArray(answer) ? answer : []);

/** Throws bad_form with what is wrong. */
function decidedIn(facts: Facts, { years, stays, setsTerms }: AskedYear, form: FormAnswers): YearDecided {
  const ending = [...chosen(form.cares), ...chosen(form.mentorships)];
  const ended = chosen(form.stays);
  return {
    terms: setsTerms ? termsIn(facts, years, form) : [],
    ending,
    promote: form.promote !== false && form.promote !== 'false',
    added: addedIn(facts, text(form.added)),
    stays: stays.filter((a) => ended.includes(a.id)),
  };
}

function termsIn({ programme, t }: Facts, years: YearsOf, form: FormAnswers): Term[] {
  const day = (name: string, otherwise: Ymd): Ymd => /^\d{4}-\d{2}-\d{2}/.exec(text(form[name]))?.[0] ?? otherwise;
  const terms = likelyTerms(programme, years).map((term, i) => ({
    ...term,
    start: day(`start_${i}`, term.start),
    end: day(`end_${i}`, term.end),
  }));
  const wrong = terms.find((term, i) => term.end <= term.start || term.start <= (terms[i - 1]?.end ?? years.end));
  if (wrong) throw new UserError('bad_form', t.newYear.termDays(wrong.name));
  return terms;
}

const GRADE = /年级|^[初高][一二三]|班$/;

/** 「陈志远：小明、小红 三年级」, one line per mentor. */
function addedIn(facts: Facts, text: string): YearDecided['added'] {
  const { me, programme } = facts;
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .flatMap((line) => {
      const [, name = '', rest = ''] = /^([^:：\s]+)[:：\s]+(.+)$/.exec(line) ?? [];
      if (name === '') throw new UserError('bad_form', line);
      const mentor = personNamed(facts, name);
      if (mentor.schoolId !== me.schoolId && !may(me, 'arrange', { kind: 'person', id: mentor.id }, programme))
        throw new UserError('bad_form', line);
      const words = rest.split(/[、，,;；\s]+/).filter(Boolean);
      const grade = words.find((word) => GRADE.test(word));
      const pupils = words.filter((word) => word !== grade && word.length <= 20);
      if (pupils.length === 0) throw new UserError('bad_form', line);
      return pupils.map((pupil) => ({ mentorId: mentor.id, name: pupil.normalize('NFC'), ...(grade && { grade }) }));
    });
}
