/** Grades as schools write them, and the grade that follows. */
import type { School } from './people.ts';

const HAN = '一二三四五六七八九';
const number = (sign: string): number => (/\d/.test(sign) ? Number(sign) : HAN.indexOf(sign) + 1);

type At = Pick<School, 'name' | 'kind'> | undefined;

const isPrimary = (school: At): boolean =>
  school?.kind === 'primary' || (school?.kind === undefined && /小学/.test(school?.name ?? ''));

/** 三年级2班 → 四年级2班, 初二 → 初三; `leaves` after a school's last grade; undefined for anything else. */
export function nextGrade(grade: string, school: At): string | 'leaves' | undefined {
  const stage = /^(初|高)(?:中)?([一二三1-3])(.*)$/.exec(grade);
  if (stage) {
    const [, , sign = '', rest = ''] = stage;
    const n = number(sign);
    return n === 3 ? 'leaves' : `${grade.slice(0, grade.indexOf(sign))}${written(n + 1, sign)}${rest}`;
  }
  const year = /^(小学|初中)?([一二三四五六七八九1-9])(年级.*|[（(].*)$/.exec(grade);
  if (!year) return undefined;
  const [, kind = '', sign = '', rest = ''] = year;
  const n = number(sign);
  const isLast = n === 9 || (kind === '初中' && n === 3) || (n === 6 && (kind === '小学' || isPrimary(school)));
  return isLast ? 'leaves' : `${kind}${written(n + 1, sign)}${rest}`;
}

const written = (n: number, like: string): string => (/\d/.test(like) ? String(n) : HAN[n - 1]!);
