import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

const HEADS: RegExp[] = [
  /^【转|^[\p{Script=Han}]{2,6}(?:通知|提醒)[:：]/u,
  // A form that is still empty.
  /(?:^|\n)(?:[\p{Script=Han}]{2,6}[:：] *(?:\n|$)){2}/u,
  /^【[^】]{0,12}(?:通知|提醒|转发|公告|预告)[^】]{0,8}】/u,
  /^(?:紧急|会议|重要|温馨)?(?:通知|提醒|提示|公告)[:!\n ]/u,
  /^(?:例|例如|比如|示例|样例|模板|格式|范例)[:：]|(?:按|照|参照)(?:这个|此|以下|下面|上面)?(?:格式|样子|模板|样例)(?:写|填|报)/u,
  /^(?:转发|转:|#?接龙|温馨提示)|^关于.{2,40}的通知/u,
];
const TO_ALL =
  /(?:各位|全体)(?:老师|教师|领导|同事|家长|帮扶|校长|班主任|同仁)|老师们|同志们|各(?:学校|校|单位|年级组?|教研组|备课组|处室|科室|部门|班级?|组|联络员|乡镇|中心校)|各位联络员|大家|所有人/u;
const DEMAND =
  /[让叫]大家|请|务必|记得|抓紧|尽快|于.{1,12}前|安排如下|别忘|准时|按时|知悉|要求|麻烦|截止|(?:准备|安排|通知|转告|相互转发|注意|关注)(?:准备|一下|好|下)/u;

/** 老师们晚上好! is only polite. */
const GREETING = /^\S{0,6}?(?:早上|上午|中午|下午|晚上|你|您|们)好[,!。\s]*/u;

/** 请各位老师多指教: asks for nothing. */
const POLITE = /请(?:各位|大家)(?:老师|领导|同事)?(?:多多?)?(?:指教|关照|包涵|批评指正|指正|支持)/u;

/** A notice that was forwarded or sent to many: it requests something and reports nothing. */
export function isNotice(text: string, tokens: Token[]): boolean {
  if (HEADS.some((head) => head.test(text))) return true;
  if (/特此通知|请周知|请知悉|请相互转告|请各/u.test(text.replace(POLITE, ''))) return true;
  const toAll = TO_ALL.exec(text.replace(GREETING, '').replace(POLITE, ''));
  if (!toAll || tokens.some((token) => has(token, 'me'))) return false;
  if (toAll.index > 0 && /[了过]/u.test(text)) return false;
  return DEMAND.test(text) || (toAll.index === 0 && !/[了过]/u.test(text));
}
