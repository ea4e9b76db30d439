/** The plan file of DESIGN section 7: its valid shape, and problems with file and path. */
import { z } from 'zod';
import { ACTIVITY_KINDS } from './activity.ts';
import { ROLES, SCHOOL_KINDS } from './people.ts';
import { MEASURES, PAPERS, type Plan, ROSTER_CHECKS, SUBJECT_KINDS } from './plan.ts';
import { type Problem, problemsOf, tidy } from './problems.ts';

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
function isMonthDay(text: string): boolean {
  const [month, day] = text.split('-').map(Number) as [number, number];
  return /^\d{2}-\d{2}$/.test(text) && day >= 1 && day <= (DAYS_IN_MONTH[month - 1] ?? 0);
}

const monthDay = z.string().refine(isMonthDay, { error: '应为 MM-DD，例如 08-31 (expected MM-DD)' });
const window = z.string().refine((text) => text.split('..').length === 2 && text.split('..').every(isMonthDay), {
  error: '应为 MM-DD..MM-DD，例如 03-01..05-31 (expected MM-DD..MM-DD)',
});
const id = z.string().regex(/^[\w.\-\u4e00-\u9fff]{1,60}$/, { error: '应为字母、数字、汉字或 . _ - (expected an id)' });
const text = z.string().min(1, { error: '不能为空 (expected text)' });

export const periodSchema = z.union(
  [
    z.enum(['week', 'fortnight', 'month', 'term', 'school_year', 'cycle', 'once']),
    z.strictObject({ month: z.int().min(1).max(12) }),
    z.strictObject({ windows: z.array(window).min(1) }),
    z.strictObject({ due: monthDay, for: z.enum(['past', 'next']).optional() }),
  ],
  {
    error:
      '应为 week|fortnight|month|term|school_year|cycle|once、{month: 10}、{windows: [03-01..05-31]} 或 {due: 08-31} (expected a period)',
  },
);

export const PAIRING_KINDS = ['teaching', 'staff', 'funds', 'goods', 'management'] as const;
const basis = z.strictObject({ clause: text, paraphrase: text });

const requirementSchema = z.strictObject({
  id,
  title: text,
  activity: z.enum(ACTIVITY_KINDS),
  subject: z.enum(SUBJECT_KINDS),
  measure: z.enum(MEASURES),
  count: z.int().min(1),
  period: periodSchema,
  side: z.enum(['supporter', 'recipient', 'both']).optional(),
  role: z.array(z.enum(ROLES)).min(1).optional(),
  max: z.int().min(1).optional(),
  pace: z.enum(['even', 'end']).optional(),
  evidence: z.enum(['none', 'record', 'photo', 'document', 'attendance']).default('none'),
  confirm: z.literal('recipient').optional(),
  accepts: z
    .strictObject({
      mode: z
        .array(z.enum(['visit', 'phone', 'online']))
        .min(1)
        .optional(),
      role: z.array(text).min(1).optional(),
      topic: z.array(text).min(1).optional(),
      about: z.array(text).min(1).optional(),
      except: z.array(text).min(1).optional(),
      external: z.boolean().optional(),
      by: z.array(z.enum(ROLES)).min(1).optional(),
    })
    .optional(),
  also: z.array(z.enum(ACTIVITY_KINDS)).min(1).optional(),
  where: z
    .strictObject({
      school_kind: z.array(z.enum(SCHOOL_KINDS)).min(1).optional(),
      pairing_kind: z.array(z.enum(PAIRING_KINDS)).min(1).optional(),
      recipient: z.array(text).min(1).optional(),
      mentors: z.literal(true).optional(),
    })
    .optional(),
  years: z.int().min(1).optional(),
  says: text.optional(),
  assumed: z.boolean().default(false),
  basis: basis.optional(),
  carries: z.array(text).optional(),
});

const provisionSchema = z.strictObject({
  carries: z.array(text).min(1),
  text,
  check: z.enum(ROSTER_CHECKS).optional(),
  limits: z.record(z.string(), z.number()).optional(),
  consequence: z.literal(true).optional(),
  inspection: z.literal(true).optional(),
  papers: z.array(z.enum(PAPERS)).min(1).optional(),
  kinds: z.array(z.enum(ACTIVITY_KINDS)).min(1).optional(),
  says: text.optional(),
});

export const planSchema = z.strictObject({
  id,
  title: text,
  source: text.optional(),
  summary: text.optional(),
  requirements: z.array(requirementSchema).min(1),
  provisions: z.array(provisionSchema).default([]),
});

const PERSONAL = ['teacher', 'leader', 'principal'];
/** A higher target must state its pace, so that the default never makes 8,000 checkpoints. */
const MAX_UNPACED = 31;

type Parsed = z.infer<typeof planSchema>;

function crossProblems(plan: Parsed, preset: boolean): { path: PropertyKey[]; message: string }[] {
  const found: { path: PropertyKey[]; message: string }[] = [];
  const seen = new Set<string>();
  plan.requirements.forEach((r, i) => {
    const at = (key: string, message: string) => found.push({ path: ['requirements', i, key], message });
    if (seen.has(r.id)) at('id', `与前面的任务要求重复：${r.id} (duplicate id)`);
    seen.add(r.id);
    if (r.count > MAX_UNPACED && !r.pace)
      at('pace', `count 大于 ${MAX_UNPACED} 时必须写 even 或 end (pace must be written)`);
    if (r.max !== undefined && r.max < r.count) at('max', '不能小于 count (must not be less than count)');
    if (r.role && !PERSONAL.includes(r.subject)) at('role', '只用于 teacher、leader、principal (only for persons)');
    if (preset && !r.basis) at('basis', '预置方案必须写 {clause, paraphrase} (required in db/plans)');
  });
  return found;
}

/**
 * A plan from a parsed YAML value, with its defaults filled in; or every problem found. `preset: true` also requires what only
 * db/plans must have.
 */
export function parsePlan(
  value: unknown,
  file: string,
  { preset = false }: { preset?: boolean } = {},
): { plan: Plan } | { problems: Problem[] } {
  const parsed = planSchema.safeParse(tidy(value));
  if (!parsed.success) return { problems: problemsOf(parsed.error.issues, file) };
  const crossed = crossProblems(parsed.data, preset);
  if (crossed.length > 0) return { problems: problemsOf(crossed, file) };
  return {
    plan: {
      ...parsed.data,
      requirements: parsed.data.requirements.map((r) => ({
        ...r,
        // A district may be on either side, unless a plan says which.
        side: r.side ?? (r.subject === 'district' ? 'both' : 'supporter'),
        pace: r.pace ?? (r.count > 1 ? 'even' : 'end'),
      })),
    },
  };
}

export type { Problem } from './problems.ts';

/** JSON Schema of a plan file as people write it (defaults may be omitted), for completion in editors. */
export const planJsonSchema = (): object => z.toJSONSchema(planSchema, { io: 'input' });
