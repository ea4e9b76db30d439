/** A rule about arrangements, and the two ways of writing one. Pure; names are looked up later. */
import type { SentenceShape } from './sentence-shape.ts';

/** What a sentence says, in its own words. Without `who`, it is about the writer. */
export type Said =
  | { what: 'leave'; who?: string; by?: string; when: string; reason?: string }
  | { what: 'end_leave'; who?: string; when: string }
  /** `meanwhile`: only on the days named, if any. */
  | { what: 'replace'; who?: string; by: string; pupil?: string; when: string; leaves?: true; meanwhile?: true }
  | { what: 'person_leaves'; who?: string; when: string }
  | { what: 'pupil_leaves'; who: string; when: string }
  | { what: 'pairing_ends'; pairing: string; when: string }
  | { what: 'pupil_returns'; who: string; when: string }
  /** A pair without `who` is about the writer. */
  | { what: 'care_begins'; pairs: CareSaid[]; when: string }
  /** `held`: a ceremony was held, which is a report of its own. */
  | { what: 'mentorship_begins'; pairs: { mentor: string; mentee: string }[]; when: string; held?: true }
  | { what: 'pairing_begins'; supporter: string; recipient: string; when: string }
  | { what: 'team_joins'; people: string[]; when: '' }
  | { what: 'waive'; who: string; requirement: string; when: string; reason?: string }
  | { what: 'lift'; who?: string; requirement: string; when: string };

export interface CareSaid {
  who?: string;
  pupil: string;
  grade?: string;
  kind?: string;
}

export interface Saying {
  name: string;
  says: string;
  when(sentence: SentenceShape): Said | undefined;
}

const shaped = (pattern: string): RegExp => new RegExp(`^${pattern}`, 'u');

/** A rule on the shape of a sentence: `@` a person, `#` a pupil, `%` a school, `*` a kind of duty, `&` days. */
export const free = (
  name: string,
  says: string,
  pattern: string,
  made: (sentence: SentenceShape, groups: Record<string, string | undefined>) => Said | undefined,
): Saying => {
  const shape = shaped(pattern);
  return {
    name,
    says,
    when: (sentence) => {
      const found = shape.exec(sentence.shape);
      return found ? made(sentence, found.groups ?? {}) : undefined;
    },
  };
};

/** A rule on a command's fixed form: its word, then names and days. */
export const fixed = (name: string, says: string, form: RegExp, made: (found: string[]) => Said): Saying => ({
  name,
  says,
  when: ({ text }) => {
    const found = form.exec(text);
    return found ? made([...found].map((part) => part ?? '')) : undefined;
  },
});

/** The reason a sentence gives: before the leave, after it, or in a clause that leads up to it. */
export const reasonGiven = (
  { why, cause, lead }: Record<string, string | undefined>,
  { spelt, duties }: SentenceShape,
) => {
  const words = [...duties];
  const led = lead?.replace(/&|了$/g, '').replace(/\*/g, () => words.shift() ?? '');
  const reason = why === undefined ? (cause ?? led) : spelt(why);
  return reason ? { reason } : {};
};
