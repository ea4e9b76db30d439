import { ACTIVITY_KINDS, type Activity } from '../plan/activity.ts';
import { isoAt } from '../plan/clock.ts';
import { wordsShown } from '../plan/pupil-names.ts';
import { rosterOf } from '../plan/roster.ts';
import type { OpenColumn, Sight } from './column.ts';

export type OpenActivity = Activity & { recordedAt: number; version: number };

const STATUSES = ['done', 'planned', 'attempted', 'cancelled', 'withdrawn'] as const;
const MODES = ['visit', 'phone', 'online'] as const;
const CONFIRMATIONS = ['confirmed', 'disputed'] as const;

const roster = ({ programme }: Sight) => rosterOf(programme);
const person = (id: string, sight: Sight) => roster(sight).personName(id) ?? '';

/** A person's own words, without the name of any pupil. */
const words = (text: string | undefined, a: Activity, { programme, today }: Sight) => {
  const noPerson = { id: '', name: '', roles: [], actsOn: today };
  return wordsShown(text, { programme, me: noPerson, group: true, named: new Map() }, a.byId);
};

const id = (name: string, says: string, of: OpenColumn<OpenActivity>['of']): OpenColumn<OpenActivity> => ({
  name,
  type: 'string',
  says,
  of,
});
const count = (name: string, says: string, of: (a: OpenActivity) => number | undefined): OpenColumn<OpenActivity> => ({
  name,
  type: 'number',
  nullable: true,
  says,
  of,
});
const school = (
  name: string,
  says: string,
  of: (a: OpenActivity) => string | undefined,
): OpenColumn<OpenActivity>[] => [
  { name: `${name}_id`, type: 'string', nullable: true, says, of },
  {
    name: `${name}_name`,
    type: 'string',
    nullable: true,
    says: `${says}, by name`,
    of: (a, sight) => roster(sight).schoolName(of(a)),
  },
];

export const ACTIVITY_COLUMNS: readonly OpenColumn<OpenActivity>[] = [
  id('id', 'Never changes', (a) => a.id),
  id('programme_id', 'The programme', (a) => a.programmeId),
  { name: 'version', type: 'integer', says: 'Increases with every change', of: (a) => a.version },
  { name: 'kind', type: 'string', values: ACTIVITY_KINDS, says: 'Kind of activity', of: (a) => a.kind },
  {
    name: 'status',
    type: 'string',
    values: STATUSES,
    says: 'Only done activities count',
    of: (a) => a.status,
  },
  { name: 'date', type: 'string', format: 'date', says: 'Day, or first day', of: (a) => a.date },
  { name: 'date_to', type: 'string', format: 'date', nullable: true, says: 'Last day', of: (a) => a.dateTo },
  id('by_id', 'Who did it', (a) => a.byId),
  {
    name: 'by_name',
    type: 'string',
    nullable: true,
    names: true,
    says: 'Name, with the scope names',
    of: (a, sight) => person(a.byId, sight),
  },
  ...school('school', 'School of the person who did it', () => undefined).map((c) => ({
    ...c,
    of: (a: OpenActivity, sight: Sight) => {
      const schoolId = roster(sight).person.get(a.byId)?.schoolId;
      return c.name === 'school_id' ? schoolId : roster(sight).schoolName(schoolId);
    },
  })),
  { name: 'participant_ids', type: 'strings', says: 'Participants', of: (a) => a.participantIds },
  {
    name: 'participant_names',
    type: 'strings',
    nullable: true,
    names: true,
    says: 'Their names, with the scope names',
    of: (a, sight) => a.participantIds.map((p) => person(p, sight)),
  },
  ...school('place', 'Where', (a) => a.placeId),
  ...school('to', 'To which school', (a) => a.toId),
  ...school('partner', 'With which school', (a) => a.partnerId),
  {
    name: 'topic',
    type: 'string',
    nullable: true,
    names: true,
    says: 'Free words without pupils’ names, with the scope names',
    of: (a, sight) => words(a.topic, a, sight),
  },
  { name: 'mode', type: 'string', values: MODES, nullable: true, says: 'Way', of: (a) => a.mode },
  count(
    'pupil_count',
    'How many pupils; their names are never given',
    (a) => a.pupilCount ?? (a.pupilIds.length || undefined),
  ),
  count('times', 'Times', (a) => a.times),
  count('lessons', 'Lessons', (a) => a.lessons),
  count('days', 'Days', (a) => a.days),
  count('weeks', 'Weeks', (a) => a.weeks),
  count('people', 'Persons counted but not named', (a) => a.people),
  count('pieces', 'Pieces', (a) => a.pieces),
  count('cash_yuan', 'Money in yuan', (a) => a.cashYuan),
  count('value_yuan', 'Value of goods in yuan', (a) => a.valueYuan),
  count('evidence', 'Photos and files that belong to it', (a) => a.evidence),
  {
    name: 'confirmation',
    type: 'string',
    values: CONFIRMATIONS,
    nullable: true,
    says: 'Answer of the recipient school',
    of: (a) => a.confirmation,
  },
  { name: 'late', type: 'boolean', says: 'Entered after its period', of: (a) => a.late ?? false },
  {
    name: 'recorded_at',
    type: 'string',
    format: 'date-time',
    says: 'When it was recorded',
    of: (a, { timezone }) => isoAt(a.recordedAt, timezone),
  },
];
