import type { Script } from '../structure/pieces.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
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
const EVALUATED = new RegExp(
  `(?:${ALL}|两处|两[位人]都?|每节)(?:课?后)?(?:都|已经?|当场|及时|一起|[跟和与]\\p{Script=Han}{1,4})*(?:评了|评过|评完|评课|评的|评议|议了课|做了评课|进行了评课|点评|交流|反馈|交?换了?(?:意见|看法)|给了[^,。]{0,4}意见|提了[^,。]{0,3}(?:意见|建议|\\d条))`,
  'u',
);
const UNDISCUSSED =
  /没(?:好意思|顾上|顾得上|来得及|能|安排|时间|空)评|评课(?:莫想|免了|没[有成])|课?就?没评成|没评[,，。!！;]|没评$|未评/u;
const TALKED_OVER =
  /复盘|[抠捋磨](?:了|一)|当[面场](?:反馈|评)|提了?(?:好?几|[\d一-十两])(?:条|点)|提了?[^,。;]{0,4}(?:意见|建议)|一条一条|[跟和与给](?:她|他|我|[\p{Script=Han}]{1,2}老师)(?:交流|反馈|复盘|指出)|交换了?(?:意见|看法)/u;
const EACH_LESSON = /[,，。;]各[一1]节/u;
const SUBJECT_OF_ALL =
  /(?:均|都|全)(?:部)?(?:为|是|上的?|讲的?|听的?)?(?:[一二三四五六七八九]年级(?:的)?)?(语文|数学|英语|科学|物理|化学|生物|历史|地理|政治|音乐|美术|体育|道法)(?!老师)/u;
const GRADE_OF_ALL = /(?:均|都|全)(?:部)?(?:为|是)?在?([一二三四五六七八九])年级(?!了)/u;
export const isLesson = ({ kind, status }: Reading): boolean =>
  (kind === 'observe' || kind === 'demo_lesson') && status === 'done';
/** 补上 alone may be anything that was made good. */
const BACK_FILLED = /^(?:补[报登录记填签]|[忘漏没]|后补)/u;
const observed = ({ kind, status }: Reading): boolean => kind === 'observe' && status === 'done';
const several = (readings: Reading[]): boolean => readings.length > 1;

/** 哪天忘了, 没记住, 省得忘: nothing was reported late. */
const NOT_LATE =
  /(?:哪|几)[一几]?[天日号][^,。;!?\n]{0,6}[忘没]|没记(?:[住下全准账]|哪)|(?:日子|日期|姓什么|名字)[^,。;]{0,4}(?:没记|忘|没写)|[省免]得[^,。;]{0,4}忘|把[^,。;]{1,6}给?[^,。;]{0,2}忘|忘了?(?:[要带拿关买问吃看]|词)/u;
const SAID_LATE = /补[报登录记填签]|补一?[下个条笔]|漏[报登记填]|忘[了记]?[报登说填录]|没[报登录]|晚报|迟报/u;

/** Without one of these, nothing was reported late. */
const LATE = /补|漏|忘|迟|晚了|[没未](?:[及来]|顾|[报登记录填交写])|后报|才想起|想起来|拖到|前阵|一直|late/iu;

export const FOR_ALL: readonly ForAll[] = [
  {
    name: 'a back-fill is late in all it tells',
    says: '补报：周一在万佑听课一节，周三和小杰谈话',
    applies: ({ tokens, text }, readings) =>
      readings.some(({ late }) => late) ||
      tokens.some((token) => has(token, 'late') && BACK_FILLED.test(token.text) && !forgotElse(token, text)),
    to: (reading) =>
      reading.status === 'done' || reading.status === 'needs_detail' ? { ...reading, late: true } : reading,
  },
  {
    name: 'to have forgotten the day is not to report late',
    says: '上周给小杰家打过一个电话，哪天忘了',
    applies: ({ text }) => NOT_LATE.test(text) && !SAID_LATE.test(text),
    to: ({ late: _late, ...reading }) => reading,
  },
  {
    name: 'late only if it says so',
    says: '上周三在万佑听课一节，一元二次方程那一章',
    applies: ({ text }) => !LATE.test(text),
    to: ({ late: _late, ...reading }) => reading,
  },
  {
    name: 'one lesson each',
    says: '上周三在万佑送教，上周四观摩，各一节',
    applies: ({ text }, readings) => several(readings) && EACH_LESSON.test(text),
    to: (reading) =>
      isLesson(reading) && reading.lessons === undefined && !reading.dates ? { ...reading, lessons: 1 } : reading,
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
  {
    name: 'the only lesson heard was not discussed',
    says: '昨天在万佑听了罗老师一节语文，没顾上评',
    applies: ({ text }, readings) => readings.filter(observed).length === 1 && UNDISCUSSED.test(text),
    to: (reading) => (observed(reading) && !reading.dates ? { ...reading, evaluated: false } : reading),
  },
  {
    name: 'the only lesson heard was talked over',
    says: '昨天在万佑听了罗老师一节语文，给她提了三条',
    applies: ({ text }, readings) =>
      readings.filter(observed).length === 1 &&
      !readings.some(({ kind }) => kind === 'demo_lesson' || kind === 'joint_prep' || kind === 'meeting') &&
      TALKED_OVER.test(text) &&
      !UNDISCUSSED.test(text),
    to: (reading) => (observed(reading) ? { ...reading, evaluated: reading.evaluated ?? true } : reading),
  },
  {
    name: 'all lessons heard were discussed',
    says: '周三听罗老师语文一节，周四听何俊数学一节，都评了',
    applies: ({ text }) => EVALUATED.test(text),
    to: (reading) => (observed(reading) ? { ...reading, evaluated: reading.evaluated ?? true } : reading),
  },
];

/** 学生听得忘了下课, 站上台忘了词: something other than the report was forgotten. */
function forgotElse(token: Token, text: string): boolean {
  if (!/^忘[了记]?$/u.test(token.text)) return false;
  const rest = /^[^,。;!?\n]{0,8}/u.exec(text.slice(token.end))![0];
  return rest.length > 0 && !/报|登|记|录|填|补|签|打卡|写|说|发|交|讲|上传|了$/u.test(rest);
}

/** Adds to each reading what the message says of all of them. */
export function forAll(readings: Reading[], script: Script): Reading[] {
  return FOR_ALL.reduce(
    (all, { applies, to }) => (applies(script, all) ? all.map((reading) => to(reading, script.text)) : all),
    readings,
  );
}
