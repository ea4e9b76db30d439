import type { ActivityDraft } from '../judge/drafts.ts';
import { has, isPerson, isSchool } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/** The role of a person named here in the sentence. */
export function roleOf(
  draft: ActivityDraft,
  k: number,
  hitAt: number,
  doer: boolean,
  text: string,
): 'by' | 'participants' | 'teacher' | undefined {
  const { tokens, kind } = draft;
  const token = tokens[k]!;
  const before = tokens[k - 1];
  const near = before !== undefined && token.start - before.end <= 1 ? before : undefined;
  const after = tokens[k + 1];
  const closeAfter = after !== undefined && after.start - token.end <= 1 ? after : undefined;
  if (askedMe(token, text)) return 'by';
  // 字老师说路断了, 今天的送教去不了.
  const forThem = near !== undefined && /^[替帮代]$/u.test(near.text);
  const comes = clauseText(draft, token, text).slice(token.text.length).includes('来');
  if (!forThem && !comes && SAYS.test(behindOf(token, text)) && token.start < hitAt) return undefined;
  if (joins(tokens, k, text)) return 'participants';
  const clause = draft.segments.find((segment) => segment.tokens.includes(token))!;
  const listening =
    clause.tokens.some((other) => other.verbs?.has('listen') && other.end <= token.start) ||
    (kind === 'observe' && near !== undefined && has(near, 'goto'));
  if (kind === 'observe' && after?.nouns?.has('lesson') && after.start - token.end <= 1) return 'teacher';
  if (kind === 'observe' && listening && !(near && has(near, 'together'))) return 'teacher';
  if (kind === 'observe' && token.start > hitAt && !(near && has(near, 'together'))) return 'teacher';
  if (near && /给$/u.test(near.text) && near.text.length > 1) return undefined;
  if (RECEIVES.test(behindOf(token, text))) return undefined;
  if (near?.text === '被') return kind === 'observe' ? 'teacher' : undefined;
  if (GIVES.test(text.slice(0, token.start))) return 'by';
  if (near && /^[替帮代]$/u.test(near.text)) return 'by';
  // 替我同事王晓琳报一次.
  const instead = tokens.slice(Math.max(0, k - 3), k).some((other) => /^[替代]$/u.test(other.text));
  if (instead && clause.tokens.some((other) => /报|登记/u.test(other.text))) return 'by';
  if (near?.text.endsWith('请')) return 'by';
  if (isBoss(token) && near && has(near, 'me'))
    return tokens[k - 2] && has(tokens[k - 2]!, 'together') ? 'participants' : 'by';
  if (isBoss(token) && near && has(near, 'they', 'partner')) return undefined;
  // 和万佑的何俊老师: with the person, whose school precedes the name.
  const led = before !== undefined && isSchool(before) && token.start - before.end <= 3 ? tokens[k - 2] : undefined;
  if (led && before!.start - led.end <= 1 && has(led, 'together') && token.start < hitAt) return 'participants';
  // 已经跟字校长请好假了, 与杨校长吃了顿饭: unrelated to the activity.
  if (near && has(near, 'together') && ASIDE.test(behindOf(token, text))) return undefined;
  if (near && has(near, 'together', 'to'))
    return /^[给找]$/u.test(near.text) || has(near, 'goto') ? undefined : 'participants';
  if (listsMe(tokens, k)) return 'participants';
  if (closeAfter && has(closeAfter, 'together') && tokens[k + 2] && has(tokens[k + 2]!, 'me')) return 'participants';
  if (near && near.type === 'name' && doer) return 'by';
  if (
    tokens.slice(0, k).some((other) => has(other, 'me') && clause.tokens.includes(other)) &&
    !(near && near.text === '、')
  )
    return undefined;
  const mine = draft.segments.some(
    (segment) => segment.hit && segment.end < clause.start && segment.tokens.some((other) => has(other, 'me')),
  );
  if (mine && clause.hit && token.start <= clause.tokens[clause.hit.first]!.start) return 'participants';
  if (token.start > hitAt) return undefined;
  if (
    clause.tokens.some(
      (other, j) => other.start > token.start && has(other, 'together') && clause.tokens[j + 1]?.text === '我',
    )
  )
    return 'participants';
  if (closeAfter && /^(?:的课|班|那边|那里|家)$/u.test(closeAfter.text)) return undefined;
  if (closeAfter && sentMe(tokens, k + 1)) return undefined;
  return 'by';
}

/** 杨校签收, 马校长给批的: not part of the activity. */
const RECEIVES = /^(?:老师|主任|校长|书记)?(?:签收|验收|接收|代收|转交|批准|给批|批的|审批|签字|同意)/u;
/** 主讲赵立新, 执教：周文博. */
const GIVES = /(?:主讲|主讲人|主讲教师|执教|执教人|执教教师|授课人|授课教师|报告人)[:： ]?$/u;

const clauseText = ({ segments }: ActivityDraft, token: Token, text: string): string =>
  text.slice(token.start, segments.find(({ tokens }) => tokens.includes(token))?.end);

const SAYS = /^(?:打电话|发信息|微信)?(?:说|讲|通知)(?![了课过])/u;
const ASIDE =
  /^(?:老师|主任|校长|书记)?(?:请(?:好|了|过)?假|请好|吃|说(?:好|过|了)|打(?:了|过)?招呼|对接|约好?|汇报|报备|通了?气)/u;
/** 王晓琳老师托我代报: it is her record. */
const ASKED_ME = /^(?:老师|主任|校长)?[托让请叫]我(?:[^,。]{0,4}[报登记填录]|带个?话|转告|说一声|转达)/u;

const behindOf = (token: Token, text: string): string => text.slice(token.end, token.end + 8);

/** 陪同的有许建军、蒋丽娟; 同行陈思远; 参加人员：毕晓东、沙金花. */
const WENT_ALONG =
  /(?:陪同的(?:还)?有|同行(?:的?(?:还)?有|者|人员)?|(?:参加|参会|随行|出席)(?:人员|者|的?(?:还)?有)?|一起去的(?:还)?有)[:：]?(?:\p{Script=Han}{2,4}[、和])*$/u;

/** 由赵主任主持, 王校长陪同, 罗敏同行, 赵主任带我们去: with the sender, not instead. */
function joins(tokens: Token[], k: number, text: string): boolean {
  const behind = behindOf(tokens[k]!, text);
  if (WENT_ALONG.test(text.slice(0, tokens[k]!.start)) || tookPart(tokens, k, text)) return true;
  if (
    /^(?:老师|主任|校长|书记)?(?:全程)?(?:主持|主备|陪同|(?:同行|随行)(?![听上讲送])|参加|也在|也去|也来|也到|(?:一起|一同|一道)(?:去|来)的|也?(?:和|跟|同|与)我(?:们)?(?:一起|一同|一道|一路|一块))/u.test(
      behind,
    )
  )
    return true;
  const led = tokens.slice(k + 1, k + 4).findIndex((token) => /^带领?$|^领着?$|^率领?$/u.test(token.text));
  const whom = led >= 0 ? tokens[k + 2 + led] : undefined;
  return whom !== undefined && has(whom, 'me');
}

/** 民中赵立新、李淑芬，万佑罗春梅、何俊参加; 杨校长和字校长都参加了: everybody in the list. */
function tookPart(tokens: Token[], k: number, text: string): boolean {
  const end = tokens.findIndex(
    (token, j) =>
      j > k && !isPerson(token) && !isSchool(token) && token.type !== 'comma' && !has(token, 'together', 'all'),
  );
  const next = tokens[end < 0 ? tokens.length - 1 : end];
  return (
    next !== undefined &&
    end > k + 1 &&
    /^(?:老师)?(?:参加|(?:一起|一同|一道)(?:去|来)的)/u.test(text.slice(next.start))
  );
}

/** 王晓琳、赵立新、我三人: the sender is in the list. */
function listsMe(tokens: Token[], k: number): boolean {
  let last = k;
  while (tokens[last + 1] && isPerson(tokens[last + 1]!) && tokens[last + 1]!.start - tokens[last]!.end <= 1) last += 1;
  const next = tokens[last + 1];
  return next?.text === '我' && next.start - tokens[last]!.end === 1;
}

/** 校长让我去听课; 陈老师让我帮他登记 is about his activity. */
function sentMe(tokens: Token[], k: number): boolean {
  const next = tokens[k + 1];
  return /^.{1,2}我$/u.test(tokens[k]!.text) && !(next && (/^[帮代替]/u.test(next.text) || has(next, 'toBot')));
}

/** 校长, 主任 without a name. */
export function isBoss(token: Token): boolean {
  return has(token, 'boss');
}

/** 王晓琳老师托我代报: it is her record. */
export const askedMe = (token: Token, text: string): boolean => ASKED_ME.test(behindOf(token, text));
