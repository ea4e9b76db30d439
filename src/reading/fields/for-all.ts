import type { Script } from '../structure/pieces.ts';
import type { Reading } from '../types.ts';

/** A fact told in one place that applies to all readings of a message. */
interface ForAll {
  name: string;
  says: string;
  applies: (script: Script, readings: Reading[]) => boolean;
  to: (reading: Reading, text: string) => Reading;
}

const ALL = '(?:都|均|全|每节都|两[节次]都|[三四]节都|一律)';
const NOT_EVALUATED = new RegExp(`${ALL}(?:还)?[没未](?:来得及|顾上|有|能|时间)?评`, 'u');
const SUBJECT_OF_ALL =
  /(?:均|都|全)(?:部)?(?:为|是|上的?|讲的?|听的?)?(?:[一二三四五六七八九]年级(?:的)?)?(语文|数学|英语|科学|物理|化学|生物|历史|地理|政治|音乐|美术|体育|道法)(?!老师)/u;
const GRADE_OF_ALL = /(?:均|都|全)(?:部)?(?:为|是)?在?([一二三四五六七八九])年级(?!了)/u;
export const isLesson = ({ kind, status }: Reading): boolean =>
  (kind === 'observe' || kind === 'demo_lesson') && status === 'done';
const observed = ({ kind, status }: Reading): boolean => kind === 'observe' && status === 'done';
const several = (readings: Reading[]): boolean => readings.length > 1;

/** 哪天忘了, 没记住, 省得忘: nothing was reported late. */
const NOT_LATE =
  /(?:哪|几)[一几]?[天日号][^,。;!?\n]{0,6}[忘没]|没记(?:[住下全准账]|哪)|(?:日子|日期|姓什么|名字)[^,。;]{0,4}(?:没记|忘|没写)|[省免]得[^,。;]{0,4}忘|把[^,。;]{1,6}给?[^,。;]{0,2}忘|忘了?(?:[要带拿关买问吃看]|词)/u;
const SAID_LATE = /补[报登录记填签]|补一?[下个条笔]|漏[报登记填]|忘[了记]?[报登说填录]|没[报登录]|晚报|迟报/u;

export const FOR_ALL: readonly ForAll[] = [
  {
    name: 'to have forgotten the day is not to report late',
    says: '上周给小杰家打过一个电话，哪天忘了',
    applies: ({ text }) => NOT_LATE.test(text) && !SAID_LATE.test(text),
    to: ({ late: _late, ...reading }) => reading,
  },
  {
    name: 'all of one grade',
    says: '在万佑送教一节，听课一节，均为八年级',
    applies: ({ text }, readings) => several(readings) && GRADE_OF_ALL.test(text),
    to: (reading, text) => (isLesson(reading) ? { grade: `${GRADE_OF_ALL.exec(text)![1]}年级`, ...reading } : reading),
  },
  {
    name: 'all of one subject',
    says: '前天在万佑上了两节，昨天又听了一节，都是语文',
    applies: ({ text }, readings) => several(readings) && SUBJECT_OF_ALL.test(text),
    to: (reading, text) =>
      isLesson(reading) ? { ...reading, subject: reading.subject ?? SUBJECT_OF_ALL.exec(text)![1] } : reading,
  },
  {
    name: 'no lesson heard was discussed',
    says: '周三听罗老师语文一节，周四听何俊数学一节，都没评',
    applies: ({ text }, readings) => several(readings) && NOT_EVALUATED.test(text),
    to: (reading) => (observed(reading) ? { ...reading, evaluated: false } : reading),
  },
];

/** Adds to each reading what the message says of all of them. */
export function forAll(readings: Reading[], script: Script): Reading[] {
  return FOR_ALL.reduce(
    (all, { applies, to }) => (applies(script, all) ? all.map((reading) => to(reading, script.text)) : all),
    readings,
  );
}
