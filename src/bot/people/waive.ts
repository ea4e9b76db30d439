import { notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Target } from '../../plan/policy.ts';
import type { RosterChange } from '../../plan/roster-change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { checked, datesIn, pairingNamed, personNamed, pupilNamed, schoolNamed } from './names-and-dates.ts';

type About = Pick<Extract<RosterChange, { what: 'waive' }>, 'personId' | 'schoolId' | 'pairingId' | 'pupilId'>;

/** 豁免 张老师 家访 11-01至11-30 原因 住院: of a person, pupil (学生小一), school or pairing; of one requirement or all. */
export const waiveCommand: Command<[string, string]> = {
  name: 'waive',
  match: (text) => {
    const found =
      /^(?:豁免|waive)[\s:：]+(.+?)(?:[\s,，;；]*(?:原因|理由|因为|\breason\b|\bbecause\b)[\s:：]*(.*))?$/is.exec(text);
    return found ? [found[1]!, found[2] ?? ''] : undefined;
  },
  run: async (_trx, facts, [about, why]) => {
    const { t, today, programme } = facts;
    const [who = '', ...rest] = about
      .trim()
      .replace(/\s*(→|->|=>)\s*/, '→')
      .split(/\s+/);
    const { words, from, to } = datesIn(rest.join(' '), today);
    const { target, subject } = meant(facts, who);
    permit(facts, 'arrange', target);
    if (facts.group && target.kind === 'pupil') throw new UserError('group');
    const asked = words.join('');
    const requirements = programme.plans.flatMap((use) => use.plan.requirements);
    const exact = requirements.filter((r) => r.id === asked || r.title === asked);
    const found =
      exact.length > 0 ? exact : requirements.filter((r) => r.title.includes(asked) || t.kinds[r.activity] === asked);
    if (asked !== '' && found.length === 0) throw new UserError('bad_form', t.arrange.unknown(asked));
    const reason = why.trim().slice(0, 100);
    if (reason === '') throw new UserError('bad_form', t.arrange.usage.waive);
    const dates = { ...(from && { from }), ...(to && { to }) };
    const changes: RosterChange[] =
      asked === ''
        ? [{ what: 'waive', ...subject, ...dates, reason }]
        : found.map((r) => ({ what: 'waive', ...subject, requirementId: r.id, ...dates, reason }));
    const shown = from || to ? `${from ?? ''}～${to ?? ''}` : '';
    const what = asked === '' ? t.arrange.everything : found.map((r) => r.title).join(t.comma);
    return {
      do: [{ what: 'roster', changes: changes.map((change) => checked(facts, change)) }],
      say: () => notice({ title: t.arrange.title, text: t.arrange.waive(who, what, shown, reason) }, t),
    };
  },
};

/** Whom a word means: `甲校→乙校`, `学生小一`, a school, else a person, else a pupil. */
function meant(facts: Facts, word: string): { target: Target; subject: About } {
  const { programme } = facts;
  if (word.includes('→')) {
    const { id } = pairingNamed(facts, word);
    return { target: { kind: 'pairing', id }, subject: { pairingId: id } };
  }
  if (programme.schools.some((s) => s.name === word || s.short.includes(word))) {
    const { id } = schoolNamed(facts, word);
    return { target: { kind: 'school', id }, subject: { schoolId: id } };
  }
  const pupil = word.startsWith('学生') || (!isPerson(facts, word) && programme.pupils.some((p) => p.name === word));
  const { id } = pupil ? pupilNamed(facts, word) : personNamed(facts, word);
  return pupil
    ? { target: { kind: 'pupil', id }, subject: { pupilId: id } }
    : { target: { kind: 'person', id }, subject: { personId: id } };
}

const isPerson = ({ programme }: Facts, word: string): boolean => programme.people.some((p) => p.name === word);
