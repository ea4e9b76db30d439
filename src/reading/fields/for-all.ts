import type { Reading } from '../types.ts';

/** The facts in one clause that apply to all readings of a message. */
interface ForAll {
  name: string;
  says: string;
  applies(plain: string, readings: Reading[]): boolean;
  to(reading: Reading, plain: string, readings: Reading[]): Reading;
}

const ALL = '(?:都|均|全|每节都|两[节次]都|[三四]节都|一律)';
const EACH_LESSON = /[,，。;]各[一1]节/u;
const lessonsLacking = ({ kind, status, lessons, dates }: Reading) =>
  (kind === 'observe' || kind === 'demo_lesson') && status === 'done' && lessons === undefined && !dates;
const isLesson = ({ kind, status }: Reading) => (kind === 'observe' || kind === 'demo_lesson') && status === 'done';
const GRADE_OF_ALL = /(?:均|都|全)(?:部)?(?:为|是)?([一二三四五六七八九])年级(?!了)/u;
const COMPANY = /(?:陪同|随行)的?(?:还)?(?:有|人员)|同行(?:的(?:还)?有|者|人员|[:：]?\p{Script=Han}{2,4}$)/u;
const observed = (reading: Reading) => reading.kind === 'observe' && reading.status === 'done';

export const FOR_ALL: readonly ForAll[] = [
  {
    name: 'a back-fill is late in all it tells',
    says: '补报：周一在万佑听课一节，周三和小杰谈话',
    applies: (_, readings) => readings.some(({ late }) => late),
    to: (reading) =>
      reading.status === 'done' || reading.status === 'needs_detail' ? { ...reading, late: true } : reading,
  },
  {
    name: 'one lesson each',
    says: '上周三在万佑送教，上周四观摩，各一节',
    applies: (plain) => EACH_LESSON.test(plain),
    to: (reading) => (lessonsLacking(reading) ? { ...reading, lessons: 1 } : reading),
  },
  {
    name: 'all of one grade',
    says: '在万佑送教一节，听课一节，均为八年级',
    applies: (plain) => GRADE_OF_ALL.test(plain),
    to: (reading, plain) =>
      isLesson(reading) ? { grade: `${GRADE_OF_ALL.exec(plain)![1]}年级`, ...reading } : reading,
  },
  {
    name: 'companions of the whole day',
    says: '今天听课两节，下午座谈一次，都在万佑，陪同的有王晓琳',
    applies: (plain, readings) =>
      COMPANY.test(plain) && readings.filter(({ participants }) => participants !== undefined).length === 1,
    to: (reading, _, readings) =>
      reading.by || reading.pupils || reading.participants || reading.kind === 'donation'
        ? reading
        : { ...reading, participants: readings.find(({ participants }) => participants)!.participants },
  },
  {
    name: 'no lesson heard was discussed',
    says: '周三听罗老师语文一节，周四听何俊数学一节，都没评',
    applies: (plain) => new RegExp(`${ALL}(?:还)?[没未](?:来得及|顾上|有|能|时间)?评`, 'u').test(plain),
    to: (reading) => (observed(reading) ? { ...reading, evaluated: false } : reading),
  },
  {
    name: 'all lessons heard were discussed',
    says: '周三听罗老师语文一节，周四听何俊数学一节，都评了',
    applies: (plain) =>
      new RegExp(`${ALL}(?:已经?|当场|及时)?(?:评了|评过|评完|评课了|评议|做了评课|进行了评课|点评)`, 'u').test(plain),
    to: (reading) => (observed(reading) ? { ...reading, evaluated: reading.evaluated ?? true } : reading),
  },
];

/** Adds to each reading what the message says of all of them. */
export function forAll(readings: Reading[], plain: string): Reading[] {
  if (readings.length < 2) return readings;
  return FOR_ALL.filter((rule) => rule.applies(plain, readings)).reduce(
    (all, rule) => all.map((reading) => rule.to(reading, plain, all)),
    readings,
  );
}
