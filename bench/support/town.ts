import { randomUUIDv7 } from 'node:crypto';
import type { Core } from '../../src/app/core.ts';
import { readPresets } from '../../src/files.ts';
import { parseProgramme } from '../../src/plan/programme-file.ts';
import { importProgramme } from '../../src/store/import.ts';
import { transact } from '../../src/store/transaction.ts';

const DIGITS = '云山水石林泉溪谷岭坪';
const FAMILY = '赵钱孙李周吴郑王冯陈';
/** Invented names that a reader can distinguish from each other and from ordinary words. */
const schoolName = (i: number) => `${DIGITS[Math.floor(i / 10) % 10]}${DIGITS[i % 10]}镇中学`;
const personName = (i: number) =>
  `${FAMILY[i % 10]}${DIGITS[Math.floor(i / 10) % 10]}${'甲乙丙丁戊己庚辛壬癸'[Math.floor(i / 100) % 10]}`;

export interface Town {
  schools: number;
  teachers: number;
  pupils: number;
}

/** A county of paired schools as a programme file; everybody has a Feishu id, `ou_0` and so on. */
export function townFile({ schools, teachers, pupils }: Town): object {
  const half = Math.floor(schools / 2);
  const school = (i: number) => schoolName(i % schools);
  const person = (i: number) => `${school(i)}/${personName(Math.floor(i / schools))}`;
  return {
    name: '全县帮扶',
    terms: [{ name: '第一学期', start: '2026-09-01', end: '2027-01-22' }],
    districts: [{ name: '某县' }],
    schools: Array.from({ length: schools }, (_, i) => ({ name: schoolName(i), district: '某县' })),
    people: Array.from({ length: teachers }, (_, i) => ({
      name: personName(Math.floor(i / schools)),
      school: school(i),
      roles: i < schools ? ['teacher', 'coordinator'] : ['teacher'],
      open_id: `ou_${i}`,
    })),
    pairings: Array.from({ length: half }, (_, i) => ({
      supporter: schoolName(i),
      recipient: schoolName(half + i),
      kinds: ['teaching'],
    })),
    care: Array.from({ length: pupils }, (_, i) => ({
      mentor: person(i % teachers),
      pupil: {
        name: `${personName(i % 997)}${'生文武'[Math.floor(i / 997) % 3]}`,
        code: `P${i}`,
        school: school(i % teachers),
      },
      kind: '潜能生',
    })),
    plans: [{ use: 'yunxian-minzu', pairings: 'all' }, { use: 'care-pupils' }],
  };
}

/** Fills an empty store with the town. */
export async function fillTown({ ctx }: Core, town: Town, today: string): Promise<void> {
  const parsed = parseProgramme(townFile(town), 'town', readPresets());
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems.slice(0, 5)));
  const at = { now: ctx.now(), today, newId: randomUUIDv7 };
  await transact(ctx.db, (trx) => importProgramme(trx, parsed.programme, at));
}

/**
 * The n-th report of the town: who says what. No two are the same occasion (school, place, kind and day), so each is recorded; the
 * days are between 1 September and 18 November.
 */
export function reportOf(n: number, { schools }: Town): { openId: string; text: string } {
  const half = Math.floor(schools / 2);
  const from = n % half;
  const round = Math.floor(n / half);
  const day = Temporal.PlainDate.from('2026-09-01').add({ days: round % 79 });
  const what = ['上了一节七年级语文', '听了一节课', '作了一场讲座', '参加了一次教研'][Math.floor(round / 79) % 4];
  const to = schoolName(half + from);
  const teacher = from + schools * (Math.floor(round / 316) + (round % 7));
  return { openId: `ou_${teacher}`, text: `${day.month}月${day.day}日到${to}${what}` };
}
