import type { Card, FieldName } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import type { Activity, CareNotes, Mode } from '../../plan/activity.ts';
import { isYmd } from '../../plan/dates.ts';
import type { Facts } from '../intake/facts.ts';
import type { FormAnswers, Outcome } from '../intake/outcome.ts';
import { chosenPeople, chosenSchool } from './form-choices.ts';
import { formValues, missing, type Values } from './form-values.ts';

const MODES: readonly string[] = ['visit', 'phone', 'online'] satisfies Mode[];
const MAX_COUNT = 10_000;
const MAX_YUAN = 1_000_000_000;
export const MAX_TEXT = 200;

type Base = Partial<Activity>;
type Wrong = () => never;
/** What one field's text changes in an activity; calls `wrong` if it is invalid. */
type Take = (text: string, wrong: Wrong, base: Base, facts: Facts) => Base;

const day =
  (field: 'date' | 'dateTo'): Take =>
  (text, wrong, { status }, { today }) => {
    const early = field === 'date' && status !== 'planned' && text > today;
    return isYmd(text) && !early ? { [field]: text } : wrong();
  };
const count =
  (field: 'lessons' | 'times' | 'days' | 'people' | 'pupilCount' | 'pieces'): Take =>
  (text, wrong) =>
    /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_COUNT ? { [field]: Number(text) } : wrong();
const yuan =
  (field: 'cashYuan' | 'valueYuan'): Take =>
  (text, wrong) =>
    /^\d{1,10}(\.\d{1,2})?$/.test(text) && Number(text) <= MAX_YUAN ? { [field]: Number(text) } : wrong();
const words =
  (field: 'grade' | 'subject' | 'topic' | 'role' | 'reason'): Take =>
  (text, wrong) =>
    text.length <= MAX_TEXT ? { [field]: text } : wrong();

const careNote =
  (note: keyof CareNotes): Take =>
  (text, wrong, { care }) =>
    text.length <= MAX_TEXT ? { care: { ...care, [note]: text } } : wrong();

/** How to read each field's text. Places and people are chosen, not typed. */
const TAKEN: Record<Exclude<FieldName, 'kind' | 'place' | 'pupils' | 'participants'>, Take> = {
  date: day('date'),
  dateTo: day('dateTo'),
  lessons: count('lessons'),
  times: count('times'),
  days: count('days'),
  people: count('people'),
  pupilCount: count('pupilCount'),
  pieces: count('pieces'),
  cashYuan: yuan('cashYuan'),
  valueYuan: yuan('valueYuan'),
  grade: words('grade'),
  subject: words('subject'),
  topic: words('topic'),
  role: words('role'),
  cause: careNote('cause'),
  measures: careNote('measures'),
  course: careNote('course'),
  result: careNote('result'),
  reason: words('reason'),
  mode: (text, wrong) => (MODES.includes(text) ? { mode: text as Mode } : wrong()),
  evaluated: (text, wrong) => (text === 'true' || text === 'false' ? { evaluated: text === 'true' } : wrong()),
  items: (text) => ({
    items: text
      .slice(0, MAX_TEXT)
      .split(/[、,，;；]/)
      .map((name) => ({ name: name.trim() })),
  }),
};

/**
 * `base` with the answers of a form, checked as strictly as a reading: the client enforces nothing, and a forged callback may
 * send any value. Reads only `fields`. Throws bad_form naming the field.
 */
function withForm<T extends Base>(base: T, form: FormAnswers, fields: FieldName[], facts: Facts): T {
  let filled = base;
  for (const field of fields) filled = { ...filled, ...answerOf(field, filled, form, facts) };
  if (fields.includes('dateTo') && form.dateTo && filled.dateTo! < (filled.date ?? ''))
    throw new UserError('bad_form', facts.t.fields.dateTo);
  return filled;
}

function answerOf(field: FieldName, base: Base, form: FormAnswers, facts: Facts): Base {
  if (field === 'kind') return {};
  if (field === 'place') {
    const id = chosenSchool(facts, form);
    // A gift names its receiver, an exchange its partner: the same school under another field.
    return id ? { placeId: id, ...(base.toId && { toId: id }), ...(base.partnerId && { partnerId: id }) } : {};
  }
  if (field === 'pupils' || field === 'participants') {
    const ids = chosenPeople(facts, field, form, base);
    return ids ? { [field === 'pupils' ? 'pupilIds' : 'participantIds']: ids } : {};
  }
  const wrong = (): never => {
    throw new UserError('bad_form', facts.t.fields[field]);
  };
  const given = form[field];
  if (given !== undefined && typeof given !== 'string') return wrong();
  const text = given?.trim().normalize('NFC');
  return text ? TAKEN[field](text, wrong, base, facts) : {};
}

/** The same, and checks that no required field is missing. */
export function filledIn<T extends Base>(
  base: T,
  form: FormAnswers,
  { fields, required = fields }: { fields: FieldName[]; required?: FieldName[] },
  facts: Facts,
): T {
  const filled = withForm(base, form, fields, facts);
  const [lacks] = missing(filled, required);
  if (lacks) throw new UserError('bad_form', facts.t.fields[lacks]);
  return filled;
}

/** The valid answers, field by field: a form returned for one wrong answer keeps the others. */
export function typedValues(base: Base, form: FormAnswers, fields: FieldName[], facts: Facts): Values {
  const kept = fields.reduce((activity, field) => {
    try {
      return withForm(activity, form, [field], facts);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return activity;
    }
  }, base);
  return formValues(kept);
}

/** What `work` makes of a form's answers; if one is wrong, the form returns with the reason and nothing changes. */
export async function orFormAgain(
  { t }: Facts,
  work: () => Outcome | Promise<Outcome>,
  formAgain: (problem: string) => Card | Promise<Card>,
): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problem = `${t.refusals[error.code]}${error.detail ? ` ${error.detail}` : ''}`;
    return { say: async () => formAgain(problem), toast: { type: 'error', content: problem } };
  }
}
