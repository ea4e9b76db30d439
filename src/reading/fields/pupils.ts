import type { ActivityDraft } from '../judge/drafts.ts';
import { has, isPupil, isUnknownPupil } from '../tokens/is.ts';
import type { NameRoster } from '../tokens/roster.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';

/** What a draft says about persons, and what must be asked about them. */
export type WhoPart = Pick<
  Reading,
  'pupils' | 'all_assigned' | 'pupil_count' | 'by' | 'on_behalf' | 'participants' | 'teacher'
> & { ask: string[]; choices: Record<string, string[]> };

/** The pupils of a draft; open questions are asked (reading.md, conventions 5 and 8). */
export function pupilsOf(draft: ActivityDraft, roster: NameRoster, by?: string, said: Token[] = []): WhoPart {
  const part: WhoPart = { ask: [], choices: {} };
  const every = everyOwn(draft, roster);
  if (every !== undefined && by === undefined) return { ...part, all_assigned: true, pupil_count: every };
  const names = draft.tokens.filter((token) => isPupil(token) && !isAbsent(token, said));
  const pupils = [...new Set(names.flatMap((token) => (token.named!.pupils.length === 1 ? token.named!.pupils : [])))];
  const unsure = names.filter(
    (token) => token.named!.pupils.length > 1 && !token.named!.pupils.some((name) => pupils.includes(name)),
  );
  if (pupils.length > 0) part.pupils = pupils;
  if (unsure.length > 0) {
    part.ask.push('pupils');
    part.choices.pupils = [...new Set(unsure.flatMap((token) => token.named!.pupils))];
  } else if (names.some(isUnknownPupil)) part.ask.push('pupils');
  if (names.length > 0) return part;
  const count = numberOf(draft.tokens);
  if (count !== undefined) part.pupil_count = count;
  const own = by ? roster.knows.care.filter((row) => row.mentor === by).map((row) => row.pupil) : roster.ownPupils;
  const everyone = draft.tokens.some(
    (token) => has(token, 'everyone') && (token.text.length > 2 || token.text === '娃们'),
  );
  if (
    (everyone && (count === undefined || count === own.length)) ||
    (count !== undefined && count === own.length && count > 1)
  )
    part.all_assigned = true;
  // 跟四个学生谈了话, from a sender without pupils in care: only the number is known.
  else if (count !== undefined && own.length === 0) return part;
  else if (count !== undefined && count > 1) part.ask.push('pupils');
  else if (draft.before?.tokens.some(isPupil)) return { ...part, ...pupilsOf(draft.before, roster, by, said) };
  else if (own.length === 1) part.pupils = own;
  else if (spokenOf(draft, said, own)) part.pupils = [spokenOf(draft, said, own)!];
  else part.ask.push('pupils');
  if (part.ask.includes('pupils') && own.length > 1) part.choices.pupils ??= own;
  return part;
}

/** 给三个娃家都打了电话，岩罕他爸主动问成绩: all three, and only then something about one. */
function everyOwn({ segments }: ActivityDraft, { ownPupils }: NameRoster): number | undefined {
  const at = segments.findIndex((segment) => segment.hit);
  const until = segments.slice(0, at + 1).flatMap(({ tokens }) => tokens);
  const later = segments.slice(at + 1).flatMap(({ tokens }) => tokens);
  const count = numberOf(until);
  const all = count !== undefined && count > 1 && count === ownPupils.length;
  const named = new Set(later.filter(isPupil).map(({ text }) => text)).size;
  return all && !until.some(isPupil) && named > 0 && named < count ? count : undefined;
}

const AWAY = /没来|没到|没在|不在|缺席|请假|缺课(?!本|表)/u;

/** 和小杰谈了话，小雨请假没来: a pupil who was away took no part. */
function isAbsent(token: Token, said: Token[]): boolean {
  const at = said.findIndex((other) => other.start === token.start);
  const isPause = (other: Token | undefined) => other === undefined || other.type === 'comma' || other.type === 'stop';
  if (at < 1 || !isPause(said[at - 1])) return false;
  const end = said.findIndex((other, k) => k > at && isPause(other));
  const rest = said.slice(at + 1, end < 0 ? undefined : end);
  return rest.some((other) => AWAY.test(other.text)) || AWAY.test(rest.map((other) => other.text).join(''));
}

/** 四个学生, 两个老打架的男娃, 学困生4人: how many pupils, without their names. */
function numberOf(tokens: Token[]): number | undefined {
  const said = tokens.find((token, k) => {
    const { unit, measure = '' } = token.count ?? {};
    if (unit === 'persons' && /学生|孩子|娃|同学|徒弟|^[名位个户家人]/u.test(measure) && pupilsFollow(tokens, token))
      return true;
    if (!/^[个名位人]$/u.test(measure)) return false;
    // 我包的三个都谈了.
    if (measure === '个' && tokens[k + 1]?.text === '都' && tokens[k - 1] && has(tokens[k - 1]!, 'me')) return true;
    const before = tokens[k - 1];
    if (before && before.end === token.start && has(before, 'pupil', 'everyone')) return true;
    const child = tokens.slice(k + 1, k + 6).find((other) => has(other, 'pupil', 'everyone') || other.type === 'comma');
    return measure !== '人' && child !== undefined && child.type !== 'comma' && child.start - token.end <= 10;
  });
  return said?.count?.n;
}

function pupilsFollow(tokens: Token[], token: Token): boolean {
  if (/学生|孩子|娃|同学|徒弟|户|家/u.test(token.count!.measure!)) return true;
  const next = tokens[tokens.indexOf(token) + 1];
  return next !== undefined && next.start - token.end <= 2 && has(next, 'pupil', 'everyone');
}

/** 小凯打了窗户, 跟他谈了话, 也给他爸打了电话: the one pupil whom the text named before. */
function spokenOf(draft: ActivityDraft, said: Token[], own: string[]): string | undefined {
  const until = draft.segments.findLast((segment) => segment.hit)?.end ?? 0;
  const names = new Set(
    said.filter((token) => token.start < until && isPupil(token)).flatMap((token) => token.named!.pupils),
  );
  const [only, more] = names;
  const meant = only !== undefined && (own.includes(only) || draft.tokens.some((token) => has(token, 'they', 'kin')));
  return more === undefined && meant ? only : undefined;
}
