import type { Reading } from '../types.ts';

/** The kinds that a message can report, in the order of the weights. A new kind does not compile without its place. */
export const KINDS = Object.keys({
  demo_lesson: true,
  observe: true,
  home_visit: true,
  talk: true,
  study_guidance: true,
  lecture: true,
  donation: true,
  secondment: true,
  joint_prep: true,
  training: true,
  exchange: true,
  exam: true,
  research: true,
  document: true,
  meeting: true,
  same_as_last: true,
  care_roster: true,
} satisfies Record<Reading['kind'], true>) as Reading['kind'][];

/** What is decided about an activity as one of a few values, each with its columns. */
export const CHOICES = {
  status: ['done', 'planned', 'not_done', 'question', 'correction', 'cancel'],
  direction: ['-', 'inbound'],
  evaluated: ['-', 'true', 'false'],
  mode: ['-', 'visit', 'phone', 'online'],
  late: ['-', 'late'],
  action: ['-', 'start', 'check_in', 'check_in_out', 'period', 'leave', 'end'],
  role: ['-', '支教', '挂职', '跟岗'],
  /** If it names no day: today, the day of the activity before or after it, one to ask, or none. */
  day: ['today', 'before', 'after', 'ask', 'none'],
  by: ['sender', 'before'],
  with: ['-', 'before'],
  teacher: ['-', 'before', 'me'],
  place: ['-', 'pair', 'own', 'before', 'after'],
  subject: ['-', 'before'],
  grade: ['-', 'before'],
  every: ['-', 'all'],
} as const;
export type Choice = keyof typeof CHOICES;

/** What a token is for an activity. */
export const ROLES = ['none', 'by', 'with', 'teacher', 'place', 'partner', 'to', 'pupil', 'when', 'lessons', 'times', 'persons', 'subject', 'grade', 'length', 'goods', 'cash', 'value'] as const;
export type Role = (typeof ROLES)[number];

const starts = new Map<Choice, number>();
let width = 0;
for (const name of Object.keys(CHOICES) as Choice[]) {
  starts.set(name, width);
  width += CHOICES[name].length;
}
export const CHOICE_WIDTH = width;
export const columnOf = (name: Choice): number => starts.get(name)!;
