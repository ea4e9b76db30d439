/** Which records report one occasion (同一次活动), and which report one part of it: DESIGN section 6 "Occasions". */
import type { Activity, ActivityKind } from './activity.ts';
import { doersOf, otherSchool, schoolOf } from './feeds.ts';
import type { Programme } from './programme.ts';
import { type Roster, rosterOf } from './roster.ts';
import { lastDay } from './secondment-days.ts';
import { alive } from './spells.ts';

/** Done for a pupil: visits of two mentors are two occasions, at any place and time. */
const PUPIL_KINDS: ReadonlySet<ActivityKind> = new Set(['home_visit', 'talk', 'study_guidance']);

/** One thing that passes from hand to hand, so that each hand may report it. */
const HANDED_KINDS: ReadonlySet<ActivityKind> = new Set(['donation', 'document']);

const share = <T>(a: readonly T[], b: readonly T[]): boolean => a.some((x) => b.includes(x));
const differ = <T>(a: T | undefined, b: T | undefined): boolean => a !== undefined && b !== undefined && a !== b;

/** The traits of a record that are compared, computed once. */
interface Traits {
  doers: string[];
  /** The pairings that it belongs to, on either side. */
  pairings: string[];
  /** Both schools of those pairings, else the doer's school. */
  schools: string[];
  /** The mentors of its pupils on its day, else the doer. */
  mentors: string[];
  /** The plans' words that it contains. */
  about?: string;
  items?: string;
  yuan?: number;
  /** Money and goods are two gifts even if neither is named. */
  means?: 'cash' | 'goods';
}

const itemsSaid = ({ items = [] }: Activity): string | undefined =>
  items.length === 0
    ? undefined
    : items
        .map((i) => `${i.name} ${i.qty ?? ''}`)
        .sort()
        .join('、');

function meansSaid({ cashYuan, valueYuan, items = [] }: Activity): Traits['means'] {
  const [cash, goods] = [Boolean(cashYuan), Boolean(valueYuan) || items.length > 0];
  return cash === goods ? undefined : cash ? 'cash' : 'goods';
}

function traitsOf(roster: Roster, a: Activity): Traits {
  const doerSchool = schoolOf(roster, a.byId);
  const pairings = (roster.pairingsOfSchool.get(doerSchool ?? '') ?? [])
    .filter((p) => alive(p, a.date))
    .filter((p) => otherSchool(roster, p, a));
  const cares = a.pupilIds.flatMap((id) => roster.caresOfPupil.get(id) ?? []).filter((c) => alive(c, a.date));
  return {
    doers: doersOf(a),
    pairings: pairings.map((p) => p.id),
    schools:
      pairings.length > 0 ? pairings.flatMap((p) => [p.supporterId, p.recipientId]) : doerSchool ? [doerSchool] : [],
    mentors: cares.length > 0 ? cares.map((c) => c.mentorId) : [a.byId],
    about: a.about?.toSorted().join('、'),
    items: itemsSaid(a),
    yuan: (a.valueYuan ?? 0) + (a.cashYuan ?? 0) || undefined,
    means: meansSaid(a),
  };
}

/** Whether the people of both can have met: one pairing, else one school, or a person who did both. */
const together = (a: Traits, b: Traits): boolean =>
  a.pairings.length > 0 && b.pairings.length > 0
    ? share(a.pairings, b.pairings)
    : share(a.schools, b.schools) || share(a.doers, b.doers);

/** Whether a gift or a paper is the same: by its items, else its title, else its amount. */
function sameThing(a: Activity, b: Activity, of: Traits, or: Traits): boolean {
  const pairs = [
    [of.items, or.items],
    [a.topic, b.topic],
    [of.about, or.about],
    [of.yuan, or.yuan],
  ];
  const [one, other] = pairs.find(([x, y]) => x !== undefined && y !== undefined) ?? [undefined, null];
  return HANDED_KINDS.has(a.kind) && one === other;
}

/** Two subjects, titles, gifts, ways or pupils from one person on one day are two things; from two persons, one thing described differently. */
const saysAnother = (a: Activity, b: Activity, of: Traits, or: Traits): boolean =>
  a.byId === b.byId &&
  (differ(a.subject, b.subject) ||
    differ(a.grade, b.grade) ||
    topicsDiffer(a, b) ||
    (a.mode ?? 'visit') !== (b.mode ?? 'visit') ||
    differ(of.about, or.about) ||
    differ(a.toId, b.toId) ||
    differ(a.role, b.role) ||
    (a.external === true) !== (b.external === true) ||
    differ(of.items, or.items) ||
    differ(of.yuan, or.yuan) ||
    differ(of.means, or.means) ||
    (a.pupilIds.length > 0 && b.pupilIds.length > 0 && !share(a.pupilIds, b.pupilIds)));

const bare = (text: string): string => text.replace(/[\p{P}\p{S}\s的]/gu, '');

/** Kinds whose topic is a description rather than a title, so two reports of the same meeting may word it differently. */
const DESCRIBED: ReadonlySet<ActivityKind> = new Set(['meeting', 'lecture', 'training', 'exchange', 'research']);

/** 明年的计划 and 明年怎么计划 are one topic: they share four fifths of the shorter one's characters, and all figures. */
function topicsDiffer({ kind, topic }: Activity, other: Activity): boolean {
  if (topic === undefined || other.topic === undefined) return false;
  if (!DESCRIBED.has(kind)) return bare(topic) !== bare(other.topic);
  const [one, two] = [bare(topic), bare(other.topic)];
  const left = [...two];
  const shared = [...one].filter((sign) => {
    const at = left.indexOf(sign);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return figures(one) !== figures(two) || shared.length < 0.8 * Math.min(one.length, two.length);
}
const figures = (text: string): string => text.replace(/[^\d一二三四五六七八九十]/gu, '');

/** Compares records of one programme, computing the traits of each once. */
export function comparing(programme: Programme) {
  const roster = rosterOf(programme);
  const known = new Map<Activity, Traits>();
  const traits = (a: Activity): Traits => {
    const found = known.get(a) ?? traitsOf(roster, a);
    known.set(a, found);
    return found;
  };
  /** Whether both report one occasion. A missing place counts as the other's place. */
  const sameOccasion = (a: Activity, b: Activity): boolean => {
    if (a.kind !== b.kind || a.date !== b.date || a.separate || b.separate || differ(a.placeId, b.placeId))
      return false;
    return PUPIL_KINDS.has(a.kind) ? share(traits(a).mentors, traits(b).mentors) : together(traits(a), traits(b));
  };
  /** Whether both report the same part of one occasion: one person did both, or it is one gift or paper. */
  const samePart = (a: Activity, b: Activity): boolean => {
    const [of, or] = [traits(a), traits(b)];
    return sameOccasion(a, b) && !saysAnother(a, b, of, or) && (share(of.doers, or.doers) || sameThing(a, b, of, or));
  };
  /** Whether one adds nothing to the other record of the same person. */
  const repeats = (a: Activity, b: Activity): boolean =>
    a.byId === b.byId &&
    samePart(a, b) &&
    lastDay(a) === lastDay(b) &&
    (b.allAssigned === true || (a.allAssigned !== true && a.pupilIds.every((id) => b.pupilIds.includes(id))));
  return { sameOccasion, samePart, repeats };
}
