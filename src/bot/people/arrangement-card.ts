import type { Arranged, ArrangementModel } from '../../cards/arrangement.ts';
import { shortDate, shortRange } from '../../cards/dates.ts';
import { arrangement as arrangementCard, type Card, type Texts } from '../../cards/index.ts';
import { type About, type Arrangement, concerned, effectOf, lacking } from '../../plan/arrangement.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Care } from '../../plan/people.ts';
import type { Actor } from '../../plan/policy.ts';
import { pupilName, wordsShown } from '../../plan/pupil-names.ts';
import { rosterOf } from '../../plan/roster.ts';
import { caresEndedLast } from '../../plan/roster-begins.ts';
import { alive } from '../../plan/spells.ts';
import type { Proposal } from '../../store/arrangements.ts';
import type { StoredProgramme } from '../../store/programmes.ts';
import type { Facts } from '../intake/facts.ts';

export const UNDO_MS = 24 * 3_600_000;

interface Seen {
  as: ArrangementModel['reader'];
  /** The reader, if not the asker. */
  reader?: Actor;
  t?: Texts;
  /** The programme after the arrangement: a new mentor may read the pupils' names. */
  after?: StoredProgramme;
  editing?: boolean;
  problem?: string;
}

/** An arrangement as one reader sees it. */
export function proposalCard(facts: Facts, proposal: Proposal, seen: Seen): Card {
  const { t = facts.t, as, reader = facts.me, after = facts.programme } = seen;
  const { arrangement: a, state, personId, doneAt, words: requestWords } = proposal;
  const group = seen.reader === undefined && facts.group;
  const readerFacts = { ...facts, t, programme: after, reader, group };
  const open = state === 'proposed' || state === 'asked';
  const { person } = rosterOf(facts.programme);
  const effect = open && as === 'arranger' ? effectOf(facts.programme, a, facts.today, facts.newId) : undefined;
  const lacks = lacking(a);
  const notified = concerned(facts.programme, a, facts.today).filter((p) => p.id !== (proposal.byId ?? reader.id));
  const askedBy = requestWords === undefined ? undefined : person.get(personId);
  return arrangementCard(
    {
      arrangement: proposal.id,
      v: proposal.version,
      state,
      kind: a.what,
      words: wordsOf(readerFacts, a),
      ...(open && lacks.length === 0 && as === 'arranger' && { duties: effect?.duties ?? [] }),
      notified: as === 'arranger' ? notified.map((p) => p.name) : [],
      ...(as === 'concerned' && proposal.byId && { by: person.get(proposal.byId)?.name ?? '' }),
      ...(askedBy &&
        as !== 'concerned' && {
          asked: { by: askedBy.name, words: wordsShown(requestWords ?? '', readerFacts, personId) },
        }),
      reader: as,
      undoable: as === 'arranger' && state === 'done' && doneAt !== undefined && facts.now - doneAt <= UNDO_MS,
      // Once undone, none of its effects on the reader apply.
      ...(state !== 'undone' && personalLine(t, a, reader, as)),
      ...(open && (lacks.length > 0 || seen.editing) && { form: { fields: fieldsOf(a), lacks } }),
      ...(seen.problem && { problem: seen.problem }),
    },
    t,
  );
}

/** The extra line for the person who takes over, or hands over. */
function personalLine(t: Texts, a: Arrangement, reader: Actor, as: Seen['as']): { personal?: string } {
  if (as === 'concerned' && a.what === 'leave' && reader.id === a.toId) return { personal: t.arrange.standsIn };
  if (a.what !== 'replace' || as !== 'concerned') return {};
  if (a.to) return reader.id === a.toId ? { personal: t.arrange.standsIn } : {};
  if (reader.id === a.toId) return { personal: t.arrange.taken };
  return reader.id === a.fromId ? { personal: t.arrange.handed } : {};
}

/** The initial values of an arrangement's form. */
function fieldsOf(a: Arrangement): { from?: Ymd; to?: Ymd; on?: Ymd; reason?: string } {
  if (a.what === 'leave' || a.what === 'waive') {
    const { from, to, reason } = a;
    return { ...(from && { from }), ...(to && { to }), ...(reason && { reason }) };
  }
  return a.what === 'lift' || a.what === 'team_joins' ? {} : { on: a.on };
}

type ReaderFacts = Facts & { reader: Actor };

function wordsOf(facts: ReaderFacts, a: Arrangement): Arranged {
  const { programme, t } = facts;
  const { person, school, pairing } = rosterOf(programme);
  const name = (id: string) => person.get(id)?.name ?? '';
  const pupil = (id: string) => pupilName(id, facts) ?? t.fields.pupils;
  const pair = (id: string) => {
    const p = pairing.get(id);
    return p ? `${school.get(p.supporterId)?.name}→${school.get(p.recipientId)?.name}` : '';
  };
  const about = ({ personId, schoolId, pairingId, pupilId }: About): string =>
    personId
      ? name(personId)
      : schoolId
        ? (school.get(schoolId)?.name ?? '')
        : pairingId
          ? pair(pairingId)
          : pupil(pupilId ?? '');
  const titles = (ids: string[]) =>
    ids.length === 0
      ? t.arrange.everything
      : programme.plans
          .flatMap((use) => use.plan.requirements)
          .filter((r) => ids.includes(r.id))
          .map((r) => r.title)
          .filter((title, i, all) => all.indexOf(title) === i)
          .join(t.comma);
  const none = { who: '', by: '', on: '', dates: '', what: '', reason: '', only: '' };
  const reason = (words: string | undefined) => wordsShown(words ?? '', facts);
  switch (a.what) {
    case 'leave': {
      const dates = a.from ? shortRange(a.from, a.to, t) : '';
      return { ...none, who: name(a.personId), by: name(a.toId ?? ''), dates, reason: reason(a.reason) };
    }
    case 'replace':
      return {
        ...none,
        who: name(a.fromId),
        by: name(a.toId),
        on: shortDate(a.on, t),
        dates: a.to ? shortRange(a.on, a.to, t) : '',
        what: pupilsHanded(facts, a).join(t.comma),
        only: a.pupilId ? (pupilName(a.pupilId, facts) ?? t.hiddenPupils(1)) : '',
      };
    case 'end_leave': {
      const given = programme.leaves.filter((l) => a.leaveIds.includes(l.id));
      const running = given.some((l) => l.start < a.on);
      const dates = running ? '' : given.map((l) => shortRange(l.start, l.end, t)).join(t.comma);
      return { ...none, who: name(a.personId), on: shortDate(a.on, t), dates };
    }
    case 'person_leaves':
      return { ...none, who: name(a.personId), on: shortDate(a.on, t) };
    case 'pupil_leaves':
      return { ...none, who: pupil(a.pupilId), on: shortDate(a.on, t) };
    case 'pairing_ends':
      return { ...none, who: pair(a.pairingId), on: shortDate(a.on, t) };
    case 'pupil_returns': {
      const mentors = caresBack(facts, a.pupilId, a.on).map((c) => name(c.mentorId));
      return { ...none, who: pupil(a.pupilId), by: mentors.join(t.comma), on: shortDate(a.on, t) };
    }
    case 'care_begins': {
      const mentors = [...Map.groupBy(a.pairs, (p) => p.mentorId)];
      const named = (list: typeof a.pairs) =>
        facts.group ? t.hiddenPupils(list.length) : list.map((p) => p.name).join(t.comma);
      const what = mentors.map(([id, list]) => `${name(id)}→${named(list)}`).join('；');
      return { ...none, what, on: shortDate(a.on, t) };
    }
    case 'mentorship_begins': {
      const what = a.pairs.map((p) => `${name(p.mentorId)}→${name(p.menteeId)}`).join(t.comma);
      return { ...none, what, on: shortDate(a.on, t) };
    }
    case 'pairing_begins': {
      const [from, to] = [a.supporterId, a.recipientId].map((id) => school.get(id)?.name ?? '');
      return { ...none, who: `${from}→${to}`, on: shortDate(a.on, t) };
    }
    case 'team_joins':
      return { ...none, who: a.pairingIds.map(pair).join(t.comma), what: a.personIds.map(name).join(t.comma) };
    case 'waive': {
      const dates = [a.from ? shortDate(a.from, t) : '', a.to ? shortDate(a.to, t) : ''];
      const span = a.from && a.to ? shortRange(a.from, a.to, t) : a.from || a.to ? dates.join(' – ') : '';
      return { ...none, who: about(a.about), what: titles(a.requirementIds), dates: span, reason: reason(a.reason) };
    }
    case 'lift': {
      const ids = programme.waivers.filter((w) => a.waiverIds.includes(w.id)).flatMap((w) => w.requirementId ?? []);
      return { ...none, who: about(a.about), what: titles(ids) };
    }
  }
}

/** The cares that a pupil's return continues, before and after it is entered. */
function caresBack({ programme }: Facts, pupilId: string, on: Ymd): Care[] {
  const back = caresEndedLast(programme, pupilId, on);
  const running = (rosterOf(programme).caresOfPupil.get(pupilId) ?? []).filter((c) => alive(c, on));
  return back.length > 0 ? back : running;
}

/** The pupils that pass to another mentor, if the reader may see their names. */
function pupilsHanded(facts: ReaderFacts, a: Extract<Arrangement, { what: 'replace' }>): string[] {
  const cares = rosterOf(facts.programme).caresOfMentor.get(a.fromId) ?? [];
  // In the resulting programme these cares end the day before.
  const last = Temporal.PlainDate.from(a.on).subtract({ days: 1 }).toString();
  const passed = cares.filter((c) => (!c.to || c.to >= last) && (!a.pupilId || c.pupilId === a.pupilId));
  return passed.flatMap((c) => pupilName(c.pupilId, facts) ?? []);
}
