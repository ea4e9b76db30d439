import type { ActivityKind } from '../../plan/activity.ts';
import type { Ymd } from '../../plan/dates.ts';
import type { Programme } from '../../plan/programme.ts';
import { dateEnd, datesIn } from './names-and-dates.ts';

/** A sentence by its shape: each name and date becomes one sign, so that a rule is about the words between them. */
export interface SentenceShape {
  text: string;
  /** `@` a person, `#` a pupil, `%` a school, `*` a kind of duty, `&` days; no spaces. */
  shape: string;
  people: string[];
  pupils: string[];
  schools: string[];
  duties: string[];
  /** The words of its dates. */
  when: string;
  /** Whether all its days have passed. */
  past: boolean;
  /** The remaining words. */
  bare: string;
  /** The end of the shape in the writer's words, with pupils as 学生: other people read the reason too. */
  spelt(tail: string): string;
}

/** What people call the kinds of duties. */
export const DUTY_WORDS: Record<string, ActivityKind> = {
  家访: 'home_visit',
  谈话: 'talk',
  谈心: 'talk',
  送教: 'demo_lesson',
  上课: 'demo_lesson',
  示范课: 'demo_lesson',
  听课: 'observe',
  听课评课: 'observe',
  评课: 'observe',
  学法指导: 'study_guidance',
  学习方法指导: 'study_guidance',
  讲座: 'lecture',
  捐赠: 'donation',
  支教: 'secondment',
  备课: 'joint_prep',
  集体备课: 'joint_prep',
  教研: 'joint_prep',
  培训: 'training',
  交流: 'exchange',
  联考: 'exam',
  考试: 'exam',
  课题: 'research',
  总结: 'document',
  会议: 'meeting',
};

interface Names {
  signs: Map<string, string>;
  longest: number;
}
const kept = new WeakMap<Programme, Names>();

/** Built once per programme: a county has tens of thousands of pupils. */
function namesOf(programme: Programme): Names {
  const known = kept.get(programme);
  if (known) return known;
  const signs = new Map<string, string>();
  for (const word of Object.keys(DUTY_WORDS)) signs.set(word, '*');
  for (const { plan } of programme.plans) for (const r of plan.requirements) signs.set(r.title, '*');
  for (const { name } of programme.pupils) signs.set(name, '#');
  for (const { name } of programme.people) signs.set(name, '@');
  for (const s of programme.schools) for (const name of [s.name, ...s.short]) signs.set(name, '%');
  const names = { signs, longest: Math.max(...[...signs.keys()].map((name) => name.length)) };
  kept.set(programme, names);
  return names;
}

const TITLE = /^(?:老师|教师|校长|主任|同学)/;
/** 陈老师, as colleagues say it. */
const SURNAME = /^[\u4e00-\u9fff](?:老师|校长|主任)/;
const POLITE =
  /^(?:请(?!&|[假个病事产婚丧年\d一二两三四五六七八九十])|麻烦|帮我|帮忙|登记一下|登记|记一下|安排一下|安排|通知一下)[:：,，]*/;

/** Takes a sentence apart. `today` is the day it was written. */
export function sentenceShape(text: string, programme: Programme, today: Ymd): SentenceShape {
  const { signs, longest } = namesOf(programme);
  const found: Record<string, string[]> = { '@': [], '#': [], '%': [], '*': [] };
  const dates: string[] = [];
  /** What each sign of the shape stands for, in order. */
  const meant: string[] = [];
  const plain = datedNextYear(text.normalize('NFKC'), today)
    .replace(/\s*(?:->|=>)\s*/g, '→')
    .replace(/[@#%*&]/g, '');
  let shape = '';
  let bare = '';
  for (let at = 0; at < plain.length; ) {
    const name = nameAt(plain, at, signs, longest);
    if (name) {
      const pupil = signs.get(name) === '@' && /学生$/.test(shape) && programme.pupils.some((p) => p.name === name);
      const sign = pupil ? '#' : signs.get(name)!;
      if (sign === '#') shape = shape.replace(/(?<!的)学生$/, '');
      found[sign]!.push(name);
      meant.push(name);
      shape += sign;
      at += name.length + (TITLE.exec(plain.slice(at + name.length))?.[0].length ?? 0);
      continue;
    }
    const surname = SURNAME.exec(plain.slice(at))?.[0];
    if (surname && programme.people.some((p) => p.name.startsWith(surname[0]!))) {
      found['@']!.push(surname);
      meant.push(surname);
      shape += '@';
      at += surname.length;
      continue;
    }
    const end = dayWordEnd(plain, at) ?? dateEnd(plain, at);
    if (end !== undefined) {
      dates.push(plain.slice(at, end));
      meant.push(plain.slice(at, end));
      shape += '&';
      at = end;
      continue;
    }
    if (/\S/.test(plain[at]!)) {
      shape += plain[at];
      bare += plain[at];
    }
    at += 1;
  }
  // 「11-20至11-30」 and 「下周一起」 are one range of days.
  const joined = /&(?:(?:至|到|~|-|—|、|和)?&)*(?:起|开始|以后|之后|止|为止|前|之前)?/g;
  // 「从1日开始，到5日」 names both ends.
  const open = /&(起|开始|以后|之后|止|为止)(?!.*&)/.exec(shape)?.[1] ?? '';
  const when = `${dates.join(' 至 ')}${open}`;
  const { to } = datesIn(when, today);
  return {
    text: text.trim(),
    shape: shape.replace(joined, '&').replace(POLITE, ''),
    people: found['@']!,
    pupils: found['#']!,
    schools: found['%']!,
    duties: found['*']!,
    when,
    past: to !== undefined && to < today,
    bare,
    spelt: (tail) => {
      const signs = tail.match(/[@#%*&]/g)?.length ?? 0;
      const words = meant.slice(meant.length - signs);
      return tail.replace(/[@#%*&]/g, (sign) => {
        const word = words.shift() ?? '';
        return sign === '#' ? '学生' : word;
      });
    },
  };
}

/** 明年3月, 明年5月30日 as a date; a month means its last day. */
const datedNextYear = (text: string, today: Ymd): string =>
  text.replace(/明年(\d{1,2})月(?:(\d{1,2})[日号]|底)?/g, (match, month: string, day: string | undefined) => {
    const [m, year] = [Number(month), Number(today.slice(0, 4)) + 1];
    if (m < 1 || m > 12) return match;
    const last = new Temporal.PlainYearMonth(year, m).daysInMonth;
    return new Temporal.PlainDate(year, m, Math.min(last, Number(day ?? last))).toString();
  });

/** 月底, 年底, 本学期 …: days fixed by the programme or the calendar. */
function dayWordEnd(text: string, at: number): number | undefined {
  const found = /^(?:[这本下]个?)?(?:学期[末]?|期末|月[底末]|年[底末])/.exec(text.slice(at, at + 5));
  return found ? at + found[0].length : undefined;
}

function nameAt(text: string, at: number, signs: Map<string, string>, longest: number): string | undefined {
  for (let n = Math.min(longest, text.length - at); n > 0; n--) {
    const name = text.slice(at, at + n);
    if (signs.has(name)) return name;
  }
  return undefined;
}
