import type { Ymd } from '../../plan/dates.ts';
import { resolve } from '../tokens/calendar.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';

/** The placeholder of a token: only whose name it is and on which side of today matter, not which name or day. */
export function standIn(token: Token, roster: NameRoster, today: Ymd): string | undefined {
  switch (token.type) {
    case 'name':
      return nameStand(token, roster);
    case 'date':
      return dateStand(token, today);
    case 'count':
      return token.count?.unit ? `⟨数${token.count.unit}${token.count.n === undefined ? '几' : ''}⟩` : '⟨数⟩';
    case 'ordinal':
      return '⟨第⟩';
    case 'clock':
      return '⟨点⟩';
    case 'grade':
      return '⟨级⟩';
    case 'title':
      return '⟨题⟩';
    case 'quote':
      return '⟨引⟩';
    default:
      return token.subject ? '⟨科⟩' : undefined;
  }
}

/** A name, or 他 and 她 for one. */
function nameStand({ named, text }: Token, { knows, partners, ownPupils }: NameRoster): string {
  if (/^[他她]$/u.test(text)) return '⟨他⟩';
  const { pupils, schools, people } = named!;
  if (pupils.length > 0) return pupils.some((pupil) => ownPupils.includes(pupil)) ? '⟨生⟩' : '⟨他生⟩';
  const own = knows.sender?.school;
  if (schools.length > 0) {
    if (schools[0] === own) return '⟨本校⟩';
    return schools.some((school) => partners.includes(school)) ? '⟨对校⟩' : '⟨校⟩';
  }
  if (people.length === 0) return '⟨某⟩';
  if (knows.sender && people.includes(knows.sender.name)) return '⟨我⟩';
  return homeOf(people[0]!, knows.people) === own ? '⟨同事⟩' : '⟨对人⟩';
}

const SCHOOL_OF = new WeakMap<object, Map<string, string | undefined>>();

/** The school of a person in the roster. */
export function homeOf(name: string, people: NameRoster['knows']['people']): string | undefined {
  let known = SCHOOL_OF.get(people);
  if (!known) {
    known = new Map(people.map((person) => [person.name, person.school]));
    SCHOOL_OF.set(people, known);
  }
  return known.get(name);
}

function dateStand({ date }: Token, today: Ymd): string {
  const said = date!.said;
  if (said === 'later') return '⟨将来⟩';
  if (said === 'vague' || said === 'term') return '⟨模糊⟩';
  const when = resolve(date!, today, 'open');
  const last = when.to ?? when.days.at(-1);
  const side = when.later ? '>' : last === undefined ? '?' : last > today ? '>' : last === today ? '=' : '<';
  const sure = said === 'day' || (said === 'weekday' && date!.weeksAway !== undefined) ? '!' : '';
  return `⟨日${when.days.length > 1 ? '多' : when.from ? '段' : ''}${side}${sure}⟩`;
}
