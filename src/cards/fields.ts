import type { ActivityKind } from '../plan/activity.ts';

/** The names of form fields, used for the form's answers and for what a draft can ask for. */
export const FIELD_NAMES = [
  'kind',
  'date',
  'dateTo',
  'place',
  'pupils',
  'participants',
  'lessons',
  'times',
  'days',
  'people',
  'pupilCount',
  'pieces',
  'cashYuan',
  'valueYuan',
  'items',
  'grade',
  'subject',
  'topic',
  'cause',
  'measures',
  'course',
  'result',
  'mode',
  'evaluated',
  'role',
  'reason',
] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** The fields of a form by kind, required ones first; the server accepts no others. */
export const KIND_FIELDS: Record<ActivityKind, { required: FieldName[]; optional: FieldName[] }> = {
  demo_lesson: { required: ['date', 'place', 'lessons'], optional: ['grade', 'subject', 'topic'] },
  observe: { required: ['date', 'place'], optional: ['lessons', 'evaluated', 'subject', 'participants'] },
  home_visit: { required: ['date', 'pupils', 'mode'], optional: ['topic'] },
  talk: { required: ['date', 'pupils'], optional: ['topic'] },
  study_guidance: { required: ['date', 'pupils'], optional: ['topic'] },
  lecture: { required: ['date', 'place'], optional: ['topic', 'people'] },
  donation: { required: ['date', 'place'], optional: ['items', 'cashYuan', 'valueYuan', 'pupilCount'] },
  secondment: { required: ['date', 'place'], optional: ['dateTo', 'days', 'role', 'subject'] },
  joint_prep: { required: ['date'], optional: ['place', 'subject', 'grade', 'topic', 'participants'] },
  training: { required: ['date'], optional: ['place', 'topic', 'people', 'days'] },
  exchange: { required: ['date', 'place'], optional: ['topic', 'people', 'participants'] },
  exam: { required: ['date'], optional: ['place', 'grade', 'subject', 'topic'] },
  research: { required: ['date'], optional: ['place', 'topic', 'participants'] },
  document: { required: ['date', 'topic'], optional: ['pieces'] },
  meeting: { required: ['date'], optional: ['place', 'topic', 'participants'] },
  care_roster: {
    required: ['date'],
    optional: ['pupils', 'topic', 'cause', 'measures', 'course', 'result', 'pupilCount'],
  },
};
