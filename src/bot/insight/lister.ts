import type { ListIds } from '../../cards/buttons.ts';
import type { ListModel } from '../../cards/lists.ts';
import type { Person } from '../../plan/people.ts';
import { may } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { type Realm, type Span, type SummaryDays, summaryDays } from '../../plan/summary.ts';
import type { AuditEntry } from '../../store/audit.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

export interface ListPage {
  /** Starts at 1. */
  page: number;
  size: number;
}

/** One page of a table. `audit`: whose names it shows, for the log. */
export interface Listed {
  columns: { key: string; label: string; type?: 'text' | 'number' }[];
  rows: Record<string, string | number>[];
  total: number;
  heading?: string;
  behind?: boolean;
  /** The people a button nudges. */
  nudge?: ListModel['nudge'];
  audit?: AuditEntry[];
}

/** A table that a person may ask for; throws not_allowed if the policy forbids it. */
export type Lister = (trx: Trx, facts: Facts, ids: ListIds, page: ListPage) => Promise<Listed>;

const CELL = 40;

export const cell = (text: string): string => (text.length > CELL ? `${text.slice(0, CELL - 1)}…` : text);

export const schoolName = ({ programme }: Facts, id: string | undefined): string =>
  rosterOf(programme).schoolName(id) ?? '';

export const personName = ({ programme }: Facts, id: string): string => rosterOf(programme).personName(id) ?? '';

export function isInRealm({ programme }: Facts, realm: Realm, person: Person): boolean {
  if (realm.kind === 'programme') return true;
  if (realm.kind === 'school') return person.schoolId === realm.id;
  const { school, pairing } = rosterOf(programme);
  if (realm.kind === 'district')
    return (person.districtId ?? school.get(person.schoolId ?? '')?.districtId) === realm.id;
  const of = pairing.get(realm.id);
  return person.schoolId !== undefined && [of?.supporterId, of?.recipientId].includes(person.schoolId);
}

/** A pupil's name if the reader may see it, with the audit entry. Never in a group. */
export function pupilShown(facts: Facts, pupilId: string, view: string): { name?: string; audit: AuditEntry[] } {
  const pupil = rosterOf(facts.programme).pupil.get(pupilId);
  const target = { kind: 'pupil', id: pupilId } as const;
  if (!pupil || facts.group || !may(facts.me, 'pupils', target, facts.programme)) return { audit: [] };
  const mentors = (rosterOf(facts.programme).caresOfPupil.get(pupilId) ?? []).map((c) => c.mentorId);
  // A mentor who looks at their own pupil leaves no audit entry.
  const audit = mentors.includes(facts.me.id) ? [] : [{ act: 'pupils', target: `pupil:${pupilId}`, detail: view }];
  return { name: pupil.name, audit };
}

/** The dates of a span as of today; a programme without terms has none. */
export const listDays = ({ programme, today }: Facts, span: Span = 'week'): SummaryDays | undefined =>
  summaryDays(programme, span, today);
