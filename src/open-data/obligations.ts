import { ACTIVITY_KINDS } from '../plan/activity.ts';
import type { Obligation, Standing } from '../plan/obligation.ts';
import { placesOf } from '../plan/places.ts';
import { MEASURES, SUBJECT_KINDS } from '../plan/plan.ts';
import { rosterOf } from '../plan/roster.ts';
import { standing } from '../plan/standing.ts';
import type { OpenColumn, Sight } from './column.ts';

export interface OpenObligation {
  obligation: Obligation;
  standing: Standing;
}

export const STATES = ['waived', 'met', 'upcoming', 'missed', 'overdue', 'due_soon', 'open'] as const;
const PERIODS = [
  'week',
  'fortnight',
  'month',
  'calendar_month',
  'term',
  'school_year',
  'cycle',
  'window',
  'due',
  'once',
] as const;
/** Subjects that are not persons, so their names are public. */
const PUBLIC = ['school', 'pairing', 'district'];

/** An obligation with today's state. */
export const obligationRow = (obligation: Obligation, done: number, { today }: Sight): OpenObligation => ({
  obligation,
  standing: standing(obligation, done, today),
});

/** The name of a pupil's duty is withheld: the duty is known by its id and its mentor. */
function subjectName({ subject }: Obligation, { names }: Sight): string | null {
  if (subject.kind === 'care') return null;
  return names || PUBLIC.includes(subject.kind) ? subject.name : null;
}

export const OBLIGATION_COLUMNS: readonly OpenColumn<OpenObligation>[] = [
  { name: 'id', type: 'string', says: 'Never changes', of: ({ obligation: o }) => o.id },
  { name: 'programme_id', type: 'string', says: 'The programme', of: ({ obligation: o }) => o.programmeId },
  { name: 'plan', type: 'string', says: 'Id of the plan that asks for it', of: ({ obligation: o }) => o.planId },
  {
    name: 'requirement',
    type: 'string',
    says: 'Id of the requirement in that plan',
    of: ({ obligation: o }) => o.requirement.id,
  },
  { name: 'title', type: 'string', says: 'What is asked for', of: ({ obligation: o }) => o.requirement.title },
  {
    name: 'activity',
    type: 'string',
    values: ACTIVITY_KINDS,
    says: 'Kind of activity that counts',
    of: ({ obligation: o }) => o.requirement.activity,
  },
  {
    name: 'subject_kind',
    type: 'string',
    values: SUBJECT_KINDS,
    says: 'What it is about; care: one pupil of a mentor',
    of: ({ obligation: o }) => o.subject.kind,
  },
  { name: 'subject_id', type: 'string', says: 'Id of that subject', of: ({ obligation: o }) => o.subject.id },
  {
    name: 'subject_name',
    type: 'string',
    nullable: true,
    says: 'School, pairing or district; a person only with the scope names, a pupil never',
    of: ({ obligation: o }, sight) => subjectName(o, sight),
  },
  {
    name: 'school_names',
    type: 'strings',
    says: 'Schools concerned',
    of: ({ obligation: o }, { programme }) =>
      placesOf(programme, o).flatMap((place) => {
        const [kind, id] = place.split(':');
        return kind === 'school' ? (rosterOf(programme).schoolName(id) ?? []) : [];
      }),
  },
  { name: 'bearer_ids', type: 'strings', says: 'Who is reminded', of: ({ obligation: o }) => o.bearerIds },
  {
    name: 'bearer_names',
    type: 'strings',
    nullable: true,
    names: true,
    says: 'Their names, with the scope names',
    of: ({ obligation: o }, { programme }) => o.bearerIds.map((id) => rosterOf(programme).personName(id) ?? ''),
  },
  {
    name: 'period_kind',
    type: 'string',
    values: PERIODS,
    says: 'Kind of period',
    of: ({ obligation: o }) => o.period.kind,
  },
  {
    name: 'period_start',
    type: 'string',
    format: 'date',
    says: 'First day',
    of: ({ obligation: o }) => o.period.start,
  },
  { name: 'period_end', type: 'string', format: 'date', says: 'Last day', of: ({ obligation: o }) => o.period.end },
  { name: 'measure', type: 'string', values: MEASURES, says: 'Unit', of: ({ obligation: o }) => o.requirement.measure },
  { name: 'target', type: 'number', says: 'How much is asked for', of: ({ obligation: o }) => o.target },
  { name: 'done', type: 'number', says: 'How much is done', of: ({ standing: s }) => s.done },
  { name: 'state', type: 'string', values: STATES, says: 'State today', of: ({ standing: s }) => s.state },
  {
    name: 'next_checkpoint',
    type: 'string',
    format: 'date',
    nullable: true,
    says: 'Next checkpoint; null if there is none',
    of: ({ standing: s }) => s.nextCheckpoint,
  },
  {
    name: 'assumed',
    type: 'boolean',
    says: 'The figure is not in the plan’s document but assumed',
    of: ({ obligation: o }) => o.requirement.assumed,
  },
];
