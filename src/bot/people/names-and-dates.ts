/** What a coordinator writes about changes of people: names and dates out of a line such as 「张老师 11-20至11-30 生病」. */
import { UserError } from '../../errors.ts';
import { pairingsCalled, peopleCalled, pupilsCalled, schoolsCalled, wholeName } from '../../plan/called.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Pairing, Person, Pupil, School } from '../../plan/people.ts';
import { editsOf, type RosterChange } from '../../plan/roster-change.ts';
import { resolve } from '../../reading/calendar.ts';
import { dateAt } from '../../reading/dates.ts';
import type { Facts } from '../intake/facts.ts';

/** The name that a line begins with, up to a space or a figure, and what follows: 「周一鸣 周一」 is a person and a day. */
export function nameFirst(text: string): [name: string, rest: string] {
  const found = /^\s*([^\s\d,，;；:：]+)(.*)$/s.exec(text);
  return found ? [found[1]!, found[2]!] : ['', text];
}

/** The first and last day that a line names, and its other words. One day is both; 「起」 leaves the end open, 「止」 the beginning. */
export function datesIn(text: string, today: Ymd): { from?: Ymd; to?: Ymd; words: string[] } {
  const days: Ymd[] = [];
  let rest = '';
  for (let at = 0; at < text.length; ) {
    const found = /[A-Za-z\d]/.test(text[at - 1] ?? '') ? undefined : dateAt(text, at);
    const when = found && resolve(found.value, today, 'open');
    const said = when ? [...when.days, ...[when.from, when.to].filter((d) => d !== undefined)] : [];
    if (found && said.length > 0) {
      days.push(...said);
      rest += '\n';
      at = found.end;
    } else rest += text[at++];
  }
  days.sort();
  const words = rest
    .replace(/\s*\n\s*(?:至|到|~|～|—+|－|-)?\s*\n?\s*(起|开始|以后|之后|止|为止)?/g, ' $1 ')
    .split(/[\s,，;；:：]+/);
  const open = words.some((w) => /^(起|开始|以后|之后)$/.test(w));
  const until = words.some((w) => /^(止|为止)$/.test(w));
  return {
    ...(days.length > 0 && !until ? { from: days[0] } : {}),
    ...(days.length > 0 && !open ? { to: days.at(-1) } : {}),
    words: words.filter((w) => w !== '' && !/^(起|开始|以后|之后|止|为止|从|自|至|到)$/.test(w)),
  };
}

/** The one that a name means among some, or a refusal that says what else it may mean. */
function one<T>(facts: Facts, name: string | undefined, found: T[], whole: (item: T) => string): T {
  if (found.length === 1) return found[0]!;
  const { arrange, comma } = facts.t;
  const asked = (name ?? '').slice(0, 20);
  const several = found.slice(0, 5).map(whole).join(comma);
  throw new UserError('bad_form', found.length === 0 ? arrange.unknown(asked) : arrange.several(asked, several));
}

export const personNamed = (facts: Facts, name: string | undefined): Person =>
  one(facts, name, peopleCalled(facts.programme, name ?? ''), (p) => wholeName(facts.programme, p));

export const pupilNamed = (facts: Facts, name: string | undefined): Pupil =>
  one(facts, name, pupilsCalled(facts.programme, name ?? ''), (p) => wholeName(facts.programme, p));

export const schoolNamed = (facts: Facts, name: string | undefined): School =>
  one(facts, name, schoolsCalled(facts.programme, name ?? ''), (s) => s.name);

/** `甲校→乙校`, by full or short names. */
export function pairingNamed(facts: Facts, text: string): Pairing {
  for (const name of text.split(/→|->|=>/)) schoolNamed(facts, name);
  return one(facts, text, pairingsCalled(facts.programme, text), () => text);
}

/** Refuses a change that would write nothing. */
export function checked(facts: Facts, change: RosterChange): RosterChange {
  if ('nothing' in editsOf(facts.programme, change, facts.newId)) throw new UserError('bad_form', facts.t.arrange.none);
  return change;
}
