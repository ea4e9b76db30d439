import type { ActivityDraft } from '../judge/drafts.ts';
import { PLACE_KINDS } from '../tables/kinds.ts';
import { has, isSchool } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';

/** 「在大朝山和漫湾各送教一次」: one activity at each school. */
export function perSchool(draft: ActivityDraft, roster: NameRoster): ActivityDraft[] {
  const own = roster.knows.sender?.school;
  const schools = draft.tokens.filter(
    (token) => isSchool(token) && token.named!.schools.length === 1 && token.named!.schools[0] !== own,
  );
  const distinct = new Set(schools.map((token) => token.named!.schools[0]));
  const parts = ownCounts(draft.tokens, schools);
  const each = parts !== undefined || draft.tokens.some((token) => has(token, 'all')) || listed(draft, schools);
  const field = draft.kind === 'donation' || PLACE_KINDS.has(draft.kind);
  if (!each || !field || distinct.size < 2 || distinct.size !== schools.length) return [draft];
  // 五号去大朝山、六号去漫湾: a day before each school.
  const days = schools.flatMap((school, k) => {
    const from = k === 0 ? 0 : draft.tokens.indexOf(schools[k - 1]!);
    const said = draft.tokens.slice(from, draft.tokens.indexOf(school)).filter(({ date }) => date);
    return said.slice(-1);
  });
  return schools.map((kept, k) => {
    if (parts) return { ...draft, tokens: parts[k]! };
    const own = days.length === schools.length ? days[k] : undefined;
    const tokens = draft.tokens.filter(
      (token) => token === kept || (!schools.includes(token) && !(own && token.date && token !== own)),
    );
    return { ...draft, tokens: tokens.filter((token) => !has(token, 'all')) };
  });
}

/** 「到九合、江上、白槎支教」: three or more schools in a row are one activity at each. */
function listed({ tokens }: ActivityDraft, schools: Token[]): boolean {
  const first = tokens.indexOf(schools[0]!);
  return (
    schools.length > 2 && schools.every((school, k) => k === 0 || school.start - schools[k - 1]!.end <= 1) && first > 0
  );
}

/** 「大朝山两节、漫湾一节, 昨天」: the number after each school belongs to that school; everything else applies to all. */
function ownCounts(tokens: Token[], schools: Token[]): Token[][] | undefined {
  const counted = (token: Token) => token.count?.unit === 'lessons' || token.count?.unit === 'times';
  const numbers = schools.map((school) => tokens[tokens.indexOf(school) + 1]);
  if (schools.length < 2 || !numbers.every((token) => token && counted(token))) return undefined;
  const apart = tokens.filter((token) => schools.includes(token) || numbers.includes(token));
  return schools.map((school, k) =>
    tokens.filter((token) => token === school || token === numbers[k] || !apart.includes(token)),
  );
}
