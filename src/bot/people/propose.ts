import { UserError } from '../../errors.ts';
import { type About, type Arrangement, mayArrange } from '../../plan/arrangement.ts';
import { addDays, type Ymd } from '../../plan/dates.ts';
import type { Requirement } from '../../plan/plan.ts';
import type { Waiver } from '../../plan/programme.ts';
import { rosterOf } from '../../plan/roster.ts';
import { caresEndedLast, pupilsNear } from '../../plan/roster-begins.ts';
import { alive } from '../../plan/spells.ts';
import type { Facts } from '../intake/facts.ts';
import { datesIn, pairingNamed, personNamed, pupilNamed, schoolNamed } from './names-and-dates.ts';
import type { CareSaid, Said } from './saying.ts';
import { DUTY_WORDS } from './sentence-shape.ts';

/** A proposal with its names and days resolved. Throws bad_form if a name matches nothing or several things. */
export function proposed(facts: Facts, said: Said): Arrangement {
  const { programme, today, t } = facts;
  const { from, to, words } = daysIn(facts, said.when);
  switch (said.what) {
    case 'leave': {
      const reason = (said.reason ?? words.join(' ').replace(/^(原因|理由)\s*/, '')).slice(0, 100);
      const dates = from ? { from, to: to ?? from } : {};
      const toId = said.by === undefined ? undefined : personNamed(facts, said.by).id;
      const personId = personOf(facts, said.who);
      if (personId === toId) throw new UserError('bad_form', t.arrange.usage.replace);
      return { what: 'leave', personId, ...dates, ...(toId && { toId }), ...(reason && { reason }) };
    }
    case 'end_leave': {
      const personId = personOf(facts, said.who);
      const on = from ?? today;
      const leaves = (rosterOf(programme).leavesOf.get(personId) ?? []).filter((l) => l.end >= on);
      if (leaves.length === 0) throw new UserError('unchanged', t.arrange.noLeave);
      return { what: 'end_leave', personId, leaveIds: leaves.map((l) => l.id), on };
    }
    case 'replace': {
      const word = said.pupil ?? words[0];
      const pupilId = word === undefined ? undefined : pupilNamed(facts, word).id;
      const on = from ?? to ?? today;
      const toId = personNamed(facts, said.by).id;
      const fromId = said.who ? personNamed(facts, said.who).id : mentorOf(facts, pupilId, on);
      if (fromId === toId) throw new UserError('bad_form', t.arrange.usage.replace);
      const last = said.meanwhile && from !== undefined && to !== undefined ? { to } : {};
      const only = pupilId === undefined ? {} : { pupilId };
      return { what: 'replace', fromId, toId, on, ...last, ...only, ...(said.leaves && { leaves: true }) };
    }
    case 'person_leaves':
      return { what: 'person_leaves', personId: personOf(facts, said.who), on: to ?? from ?? today };
    case 'pupil_leaves':
      return { what: 'pupil_leaves', pupilId: pupilNamed(facts, said.who).id, on: to ?? from ?? today };
    case 'pairing_ends':
      return { what: 'pairing_ends', pairingId: pairingNamed(facts, said.pairing).id, on: to ?? from ?? today };
    case 'pupil_returns': {
      const pupilId = pupilNamed(facts, said.who).id;
      const on = from ?? today;
      // The last day in care may be today.
      const gone = caresEndedLast(programme, pupilId, on).length > 0;
      return { what: 'pupil_returns', pupilId, on: gone ? on : addDays(on, 1) };
    }
    case 'care_begins':
      return { what: 'care_begins', pairs: said.pairs.map((pair) => carePair(facts, pair)), on: from ?? today };
    case 'mentorship_begins': {
      const pairs = said.pairs.map(({ mentor, mentee }) => ({
        mentorId: personNamed(facts, mentor).id,
        menteeId: personNamed(facts, mentee).id,
      }));
      return { what: 'mentorship_begins', pairs, on: from ?? today };
    }
    case 'pairing_begins': {
      const [supporterId, recipientId] = [said.supporter, said.recipient].map((name) => schoolNamed(facts, name).id);
      return { what: 'pairing_begins', supporterId: supporterId!, recipientId: recipientId!, on: from ?? today };
    }
    case 'team_joins': {
      const living = rosterOf(programme).pairingsOfSchool.get(facts.me.schoolId ?? '') ?? [];
      const pairingIds = living.filter((p) => alive(p, today)).map((p) => p.id);
      return { what: 'team_joins', pairingIds, personIds: said.people.map((name) => personNamed(facts, name).id) };
    }
    case 'waive': {
      const requirementIds = requirementsNamed(facts, said.requirement || words.join('')).map((r) => r.id);
      const { reason } = said;
      const dates = { ...(from && { from }), ...(to && { to }) };
      return { what: 'waive', about: aboutNamed(facts, said.who), requirementIds, ...dates, ...(reason && { reason }) };
    }
    case 'lift': {
      const ids = new Set(requirementsNamed(facts, said.requirement || words.join('')).map((r) => r.id));
      const named = said.who === undefined ? undefined : aboutNamed(facts, said.who);
      const waivers = programme.waivers.filter(
        (w) =>
          !w.lifted &&
          (named ? Object.entries(named).every(([key, id]) => w[key as keyof About] === id) : isOnes(facts, w)) &&
          (ids.size === 0 || (w.requirementId !== undefined && ids.has(w.requirementId))) &&
          (from === undefined || w.start === from) &&
          (to === undefined || w.end === to),
      );
      const abouts = new Map(waivers.map((w) => [JSON.stringify(aboutOf(w)), aboutOf(w)]));
      const [about, ...others] = named ? [named] : abouts.values();
      if (waivers.length === 0 || !about) throw new UserError('unchanged', t.arrange.noWaiver);
      if (others.length > 0) throw new UserError('bad_form', t.arrange.whichWaiver);
      return { what: 'lift', about, waiverIds: waivers.map((w) => w.id) };
    }
  }
}

/** A pupil new in care. Namesakes of one school must be told apart in a file, by their codes. */
function carePair(facts: Facts, { who, pupil: name, grade, kind }: CareSaid) {
  const { programme, t } = facts;
  const mentorId = personOf(facts, who);
  if (pupilsNear(programme, mentorId, name).length > 1) throw new UserError('bad_form', t.arrange.unknown(name));
  return { mentorId, name, ...(grade && { grade }), ...(kind && { kind }) };
}

const aboutOf = ({ personId, schoolId, pairingId, pupilId }: Waiver): About => ({
  ...(personId && { personId }),
  ...(schoolId && { schoolId }),
  ...(pairingId && { pairingId }),
  ...(pupilId && { pupilId }),
});

/** Whether the writer may revoke a waiver that still holds. */
const isOnes = ({ programme, me, today }: Facts, waiver: Waiver): boolean =>
  (waiver.end === undefined || waiver.end >= today) &&
  mayArrange(me, { what: 'lift', about: aboutOf(waiver), waiverIds: [] }, programme);

/** The days that words name; 本学期 is the current or next term, 期末 its last day; 月底 and 年底 are days too. */
function daysIn({ programme, at }: Facts, when: string): { from?: Ymd; to?: Ymd; words: string[] } {
  const match = /[这本]?(?:个)?学期末?|期末|(?<next>下个?)?月[底末]|年[底末]/.exec(when);
  if (!match) return datesIn(when, at.today);
  const term = programme.terms.toSorted((a, b) => (a.start < b.start ? -1 : 1)).find((x) => x.end >= at.today);
  const { words } = datesIn(when.replace(match[0], ' '), at.today);
  if (!match[0].includes('期')) {
    const months = match.groups?.next ? 1 : 0;
    const day = Temporal.PlainDate.from(at.today).add({ months });
    const last = match[0].startsWith('年') ? day.with({ month: 12, day: 31 }) : day.with({ day: day.daysInMonth });
    return { from: last.toString(), to: last.toString(), words };
  }
  if (!term) return { words };
  return { from: match[0].endsWith('末') ? term.end : term.start, to: term.end, words };
}

const personOf = (facts: Facts, who: string | undefined): string =>
  who === undefined ? facts.me.id : personNamed(facts, who).id;

/** Who cares for a pupil on a day. */
function mentorOf(facts: Facts, pupilId: string | undefined, on: Ymd): string {
  const care = (rosterOf(facts.programme).caresOfPupil.get(pupilId ?? '') ?? []).find((c) => alive(c, on));
  if (!care) throw new UserError('unchanged', facts.t.arrange.none);
  return care.mentorId;
}

/** The requirements that a word names; empty if it names all. */
function requirementsNamed({ programme, t }: Facts, word: string): Requirement[] {
  if (word === '' || /^(?:全部)?任务$/.test(word)) return [];
  const all = programme.plans.flatMap((use) => use.plan.requirements);
  const exact = all.filter((r) => r.id === word || r.title === word);
  if (exact.length > 0) return exact;
  const kind = DUTY_WORDS[word];
  const found = all.filter((r) => r.title.includes(word) || t.kinds[r.activity] === word || r.activity === kind);
  if (found.length === 0) throw new UserError('bad_form', t.arrange.unknown(word));
  return found;
}

/** What a word refers to: `甲校→乙校`, `学生小一`, a school, else a person, else a pupil. */
function aboutNamed(facts: Facts, word: string): About {
  const { people, schools } = facts.programme;
  if (word.includes('→')) return { pairingId: pairingNamed(facts, word).id };
  if (schools.some((s) => s.name === word || s.short.includes(word))) return { schoolId: schoolNamed(facts, word).id };
  const bare = word.replace(/(老师|教师|校长|主任)$/, '');
  const isPerson = people.some((p) => p.name === word || p.name === bare) || /^.(老师|校长|主任)$/.test(word);
  return word.startsWith('学生') || (!isPerson && !word.includes('/'))
    ? { pupilId: pupilNamed(facts, word).id }
    : { personId: personNamed(facts, word).id };
}
