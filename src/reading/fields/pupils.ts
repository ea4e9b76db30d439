import { PUPIL_KINDS } from '../tables/kinds.ts';
import { isPupil, isUnknownPupil } from '../tokens/is.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

/** The pupils it was about, by name or number; open questions are asked (reading.md, conventions 5 and 8). */
export function pupilsOf(
  telling: Telling,
  by: string | undefined,
): Pick<Reading, 'pupils' | 'all_assigned' | 'pupil_count'> {
  const { having, pick, roster, script, before, status, ask, offers } = telling;
  const said = having('pupil');
  const pupils = [...new Set(said.flatMap((token) => (token.named!.pupils.length === 1 ? token.named!.pupils : [])))];
  const unsure = said.filter(
    (token) => token.named!.pupils.length > 1 && !token.named!.pupils.some((name) => pupils.includes(name)),
  );
  const mine = by ? roster.knows.care.filter((row) => row.mentor === by).map((row) => row.pupil) : roster.ownPupils;
  const askWhich = (choices: string[]) => {
    if (status === 'not_done') return;
    ask.push('pupils');
    if (choices.length > 1) offers.pupils ??= choices;
  };
  if (unsure.length > 0) askWhich([...new Set(unsure.flatMap((token) => token.named!.pupils))]);
  else if (said.some(isUnknownPupil)) askWhich(mine);
  if (said.length > 0) return pupils.length > 0 ? { pupils } : {};
  const pupil_count = having('persons')[0]?.count?.n ?? (mine.length === 0 ? numberOf(telling) : undefined);
  if (pick('every') === 'all') return { all_assigned: true, pupil_count };
  if (pupil_count !== undefined && (pupil_count > 1 || mine.length === 0)) {
    if (mine.length > 1 && pupil_count === mine.length) return { all_assigned: true, pupil_count };
    if (mine.length > 0) askWhich(mine);
    return { pupil_count };
  }
  if (before?.pupils && PUPIL_KINDS.has(before.kind)) return { pupils: before.pupils };
  if (mine.length === 1) return { pupils: mine };
  const all = script.tokens.filter(isPupil).flatMap((token) => token.named!.pupils);
  const [only, more] = new Set(all);
  if (only !== undefined && more === undefined) return { pupils: [only] };
  askWhich(mine);
  return { pupil_count };
}

/** 两个老打架的男娃: how many, from somebody without pupils in care. */
const numberOf = ({ own, text, start }: Telling): number | undefined =>
  own.find(
    ({ count, end }) =>
      /^[个名位户家]/u.test(count?.measure ?? '') &&
      /^[^,。;]{0,8}(?:学生|孩子|娃|同学)/u.test(text.slice(end - start)),
  )?.count?.n;
