/** The shape of a programme file (DESIGN section 7), before names are resolved. */
import { z } from 'zod';
import { ACTIVITY_KINDS } from './activity.ts';
import { isYmd } from './dates.ts';
import { ROLES, SCHOOL_KINDS } from './people.ts';
import { PAIRING_KINDS } from './plan-file.ts';

const date = z.string().refine(isYmd, { error: '应为日期 YYYY-MM-DD (expected a date)' });
const text = z.string().min(1, { error: '不能为空 (expected text)' });
/** Names that YAML and sheets turn into numbers: 七 as 7, a telephone number. */
const label = z.union([text, z.number()], { error: '应为文字 (expected text)' }).transform(String);
const texts = z.union([z.array(label), label.transform((one) => one.split(/[、,，;；]\s*/))]);
const amount = z.number().min(0);
const life = { from: date.optional(), to: date.optional() };
/** A list, or one cell of a sheet with names separated by 、 or commas. */
const names = texts;

const role = z.enum(ROLES);
export const STATUSES = ['done', 'planned', 'attempted', 'cancelled', 'withdrawn', 'not_done'] as const;

/** Fields of a reading that an activity does not keep; a ledger may have them. */
const notKept = {
  date_given: z.unknown().optional(),
  evidence: z.unknown().optional(),
  per_pupil_times: z.unknown().optional(),
  donor: z.unknown().optional(),
  beneficiaries: z.unknown().optional(),
  audience: z.unknown().optional(),
  half: z.unknown().optional(),
  time_in: z.unknown().optional(),
  time_out: z.unknown().optional(),
  ended: z.unknown().optional(),
  months: z.unknown().optional(),
};

export const activitySchema = z.strictObject({
  id: label.optional(),
  kind: z.enum(ACTIVITY_KINDS),
  status: z.enum(STATUSES).default('done'),
  date: date.optional(),
  dates: z.array(date).min(1).optional(),
  date_from: date.optional(),
  date_to: date.optional(),
  by: label,
  reporter: label.optional(),
  on_behalf: z.boolean().optional(),
  participants: names.default([]),
  teacher: label.optional(),
  pupils: names.default([]),
  all_assigned: z.boolean().optional(),
  pupil_count: amount.optional(),
  place: label.optional(),
  to: label.optional(),
  partner: label.optional(),
  times: amount.optional(),
  lessons: amount.optional(),
  days: amount.optional(),
  weeks: amount.optional(),
  people: amount.optional(),
  pieces: amount.optional(),
  cash_yuan: amount.optional(),
  value_yuan: amount.optional(),
  items: z.array(z.strictObject({ name: label, qty: amount.optional(), unit: label.optional() })).optional(),
  mode: z.enum(['visit', 'phone', 'online']).optional(),
  evaluated: z.boolean().nullish(),
  direction: z.literal('inbound').optional(),
  action: label.optional(),
  role: label.optional(),
  subject: label.optional(),
  grade: label.optional(),
  topic: label.optional(),
  about: names.optional(),
  external: z.boolean().optional(),
  all_partners: z.boolean().optional(),
  note: label.optional(),
  care: z
    .strictObject({
      cause: label.optional(),
      measures: label.optional(),
      course: label.optional(),
      result: label.optional(),
    })
    .optional(),
  reason: label.optional(),
  late: z.boolean().optional(),
  confirmation: z.enum(['confirmed', 'disputed']).optional(),
  ...notKept,
});

/** YAML reads an unquoted 9:07 as a number of minutes. */
const time = z.preprocess(
  (value) => (typeof value === 'number' ? minutesAsTime(value) : value),
  z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, '时间要写成 09:07 (a time is written HH:MM)'),
);

const minutesAsTime = (n: number): string =>
  `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;

export const programmeSchema = z.strictObject({
  name: text,
  terms: z.array(z.strictObject({ name: label, start: date, end: date })).default([]),
  holidays: z
    .array(z.strictObject({ start: date, end: date, school: z.boolean().optional(), name: label.optional() }))
    .optional(),
  reminders: z
    .strictObject({ at: time.optional(), quiet: z.strictObject({ from: time, to: time }).optional() })
    .optional(),
  districts: z.array(z.strictObject({ name: label, helps: label.optional() })).default([]),
  schools: z
    .array(
      z.strictObject({
        name: label,
        short: texts.default([]),
        district: label.optional(),
        kind: z.enum(SCHOOL_KINDS).optional(),
        level: label.optional(),
        lacks: texts.optional(),
      }),
    )
    .default([]),
  people: z
    .array(
      z.strictObject({
        name: label,
        school: label.optional(),
        district: label.optional(),
        roles: texts.pipe(z.array(role)).default(['teacher']),
        mobile: label.optional(),
        email: label.optional(),
        open_id: label.optional(),
        ...life,
        born: label.optional(),
        sex: label.optional(),
        rural_years: amount.optional(),
        volunteer: z.boolean().optional(),
      }),
    )
    .default([]),
  pairings: z
    .array(
      z.strictObject({
        supporter: label,
        recipient: label,
        kinds: texts.pipe(z.array(z.enum(PAIRING_KINDS))).default([]),
        ...life,
        team: names.default([]),
        agreement: z.union([label, z.boolean().transform(String)]).optional(),
      }),
    )
    .default([]),
  mentorships: z.array(z.strictObject({ mentor: label, mentee: label, ...life })).default([]),
  care: z
    .array(
      z.strictObject({
        mentor: label,
        pupil: z.union([
          z.strictObject({ name: label, grade: label.optional(), code: label.optional(), school: label.optional() }),
          label.transform((name) => ({ name, grade: undefined, code: undefined, school: undefined })),
        ]),
        kind: label.optional(),
        ...life,
      }),
    )
    .default([]),
  plans: z.array(z.looseObject({})).default([]),
  waivers: z
    .array(
      z.strictObject({
        person: label.optional(),
        school: label.optional(),
        pairing: z.union([label, z.strictObject({ supporter: label, recipient: label })]).optional(),
        pupil: label.optional(),
        requirement: label.optional(),
        ...life,
        reason: label,
      }),
    )
    .default([]),
  activities: z.array(activitySchema).default([]),
});

export type ProgrammeFile = z.infer<typeof programmeSchema>;
export type ActivityRow = z.infer<typeof activitySchema>;

/** A plan in use: a preset by id, or an inline plan. */
export const planUseSchema = z.strictObject({
  use: label.optional(),
  pairings: z
    .union([z.literal('all'), z.array(z.strictObject({ supporter: label, recipient: label }))], {
      error: '应为 all 或 [{supporter, recipient}] (expected all or a list)',
    })
    .optional(),
  /** With `per: teacher`, what a plan asks per pupil in care is counted per teacher instead. */
  options: z.strictObject({ per: z.enum(['pupil', 'teacher']).optional() }).default({}),
});
