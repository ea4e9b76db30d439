/** Characters without a meaning for a report, and their replacements. Order matters. */
export const NOISE: [RegExp, string][] = [
  // 3号接龙, #接龙: a numbered reply in a group, not a day; 报名接龙 stays unchanged.
  [/(?<![\p{Script=Han}])#?(?:\d{1,2}[号.楼]?)?(?:群)?接龙[:： ]*|(?<=[^名请号])接龙(?=[:： \n(]|$)/gu, ''],
  [/\r/gu, '\n'],
  [/\[[\p{Script=Han}a-z]{1,4}\]/gu, ' '],
  [/\p{Extended_Pictographic}/gu, ' '],
  [/[—–−]+/gu, '-'],
  [/~(?=[\s。!,~]|$)/gu, ' '],
  [/\.{2,}|…+|。{2,}/gu, '。'],
  [/@\S+\s?/gu, ' '],
  [/(?<=\p{Script=Han})\/|\/(?=\p{Script=Han})/gu, ' '],
];

/** 「1、」「2.」「(3)」「一、」 at the head of a line or item: numbers of a list, never counts. */
export const ENUMERATOR =
  /(?<=^|[\n;。]|(?<!\d):)\s*(?:\(?\d{1,2}[)、](?!\d{1,2}[、日号])|\d{1,2}\.(?!\d)|(?<=^|\n)\d\.(?=\d{1,2}[月.]\d{1,2}(?:日|号|[^\d]))|(?<=^|\n)(?:\d{1,2}|[一二三四五六七八九]) (?=\p{Script=Han}{2})(?!\S+ (?:节|次|月|日|号|点|人|个|年))|\(?[一二三四五六七八九十]{1,2}[)、](?!\S{0,5}[号日]))/gu;

const MEASURED =
  '节|次|月|日|号|点|人|个|年|级|班|堂|本|套|台|户|名|位|周(?![一二三四五六日天])|天|元|万|篇|份|场|条|期|学|单元|小时|分';
const inLine = (number: string) =>
  new RegExp(
    `(?<=^|[\\s:;。,)])${number}(?:[.、)]?[ ]?(?=\\p{Script=Han})(?!${MEASURED})|[、)] ?(?=\\d{1,2}月\\d))`,
    'u',
  );
/** 「1周一备课 2周三送教 3今天谈话」, 「1、11月10日送教 2、11月12日家访」, 「一是…二是…」: numbered items within a line. */
export const IN_TURN: RegExp[][] = [
  ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(inLine),
  ['一是', '二是', '三是', '四是'].map((lead) => new RegExp(`(?<=[:;。,])${lead}`, 'u')),
  ['其一', '其二', '其三', '其四'].map((lead) => new RegExp(`(?<=[:;。,])${lead}[,、:]?`, 'u')),
];

/** 昨, 听2, 上1节课: abbreviations of terse writers, and their full forms. */
export const SHORTHAND: [RegExp, string][] = [
  // 克万佑, 回克: as people of Yunnan say 去.
  [/(?<=^|[\s,。;我他她要想先再又天午晚早回过上下路车就都也莫长师])克(?![服制拉隆数重力])/gu, '去'],
  // 上咯两节, 挨罗兰一起, 瞧了一节, 不有评: their 了, 和, 看 and 没有.
  [/(?<=\p{Script=Han})咯(?=[\d一二两三四五六七八九十几半个节次堂我他她你])/gu, '了'],
  [/(?<=^|[\s,。;我他她])挨(?=\p{Script=Han}{2,4}(?:老师|校长|园长|主任|一起|两个|他们))/gu, '和'],
  [/瞧(?=了?(?:一|两|三|\d)[节堂])/gu, '看'],
  [/不有(?=[评来去上听谈])/gu, '没有'],
  [/元月(?=\d|[一二三十]|初)/gu, '1月'],
  [
    /(?<=^|[\s,。;:(])(昨|今|明)(?=$|[\s,。;:)]|[到去在给和跟听上送座讲谈辅开捐赴至由随携率往与同参陪](?!天))/gu,
    '$1天',
  ],
  [/(?<=\p{Script=Han}\s?)(昨)(?=$|\s|来听|谈话|[上听去到送](?!天))/gu, '$1天'],
  [/(?<=文|数学|英语|体育|音乐|美术|物理|化学|生物|历史|地理|政治|科学|课)(\d)(?=$|[\s,。;)、])/gu, '$1节'],
  [/(?<=[文语数英外育化史理]|[听上送]课)各一(?=$|[\s,。;)(]|听|上)/gu, '各一节'],
  [/(?<=课\s?|lesson |demo )[x×*]\s?(\d)(?!\d)/gu, '$1节'],
  [/(?<=谈话\s?|talk |家访\s?)[x×*]\s?(\d)(?!\d)/gu, '$1次'],
  [/(听|上)(\d{1,2})(?=$|[\s,。;)]|[听上])/gu, '$1课$2节'],
  [/(?<=\d\.\d{1,2})\/(?=\d{1,2}\.\d)/gu, '、'],
];

/** 「节数：2」: a form's label, and its value as part of a sentence. */
export const FORM_LINES: [RegExp, string][] = [
  [/(?<=^|[\n;。,])[\p{Script=Han}]{2,8}[:： ]\s*无(?=[。;,\n]|$)/gu, ''],
  [/(送教|听课|上课|示范课|公开课|送课|授课)[ :]?(\d{1,2})(?=$|[\n,;。]| \p{Script=Han})/gu, '$1$2节'],
  [/(家访|谈话|讲座|集体备课|教研|辅导)[ :]?(\d{1,2})(?=$|[\n,;。]| \p{Script=Han})/gu, '$1$2次'],
  [
    /(?<![\p{Script=Han}])(?:上课|听课)?(?:节数|课时数?)[:： 】]\s*(\d{1,2}|[一二两三四五六七八九十])(?![\d节课])/gu,
    '$1节',
  ],
  [/(?<![\p{Script=Han}])(?:活动)?(?:次数)[:： 】]\s*(\d{1,2}|[一二两三四五六七八九十])(?![\d次])/gu, '$1次'],
  [/(?<=家访[\s\S]{0,200})方式[:： 】]\s*(电话|微信|视频|上门|入户)(?:沟通|联系|家访|走访)?(?=[\s,。;【]|$)/gu, '$1'],
  [/方式[:： ]\s*(电话|微信|视频|上门|入户)(?:沟通|联系|家访|走访)?(?=[\s,。;]|$)/gu, '$1家访'],
];

/** The ends of sentences, and the ends of clauses. 、 is neither: it joins a list. */
export const SENTENCE_END = '。!?;\n';
export const CLAUSE_END = ',:';

/** 俩娃: two children; in 我们俩 it is not a number. */
export const BOTH: [RegExp, string][] = [
  [/(?<![我你他她们咱])俩(?=个?(?:娃|孩|学生|同学|老师|徒弟|家长|班))/gu, '两个'],
  [/仨(?=个?(?:娃|孩|学生|同学|老师|徒弟|家长|班))/gu, '三个'],
];

/** 一街课: the measure word misspelt by sound. */
export const HEARD_LESSON = /(?<=[一二两三四五六七八九十几\d])[结街接阶界借姐](?=课)/gu;

/** Misspellings by sound inside longer words, which the search by sound does not reach because they are part of a known word. */
export const TYPOS: [string, string][] = [
  ['方发指导', '方法指导'],
  ['听可', '听课'],
  ['年纪', '年级'],
  ['送轿', '送教'],
  ['送叫', '送教'],
  ['加访', '家访'],
  ['都平了', '都评了'],
  ['平课', '评课'],
  ['接都评', '节都评'],
  ['被课', '备课'],
  ['背课', '备课'],
  ['家方了', '家访了'],
  ['平了课', '评了课'],
];
