/** How people say that something begins: care of a pupil, a mentorship, a pairing, a team; or that a pupil is back. */

import { type CareSaid, free, type Said, type Saying } from './saying.ts';
import type { SentenceShape } from './sentence-shape.ts';

const END = '[。.!！~]*$';
/** What stands where a name might, and is none. */
const NO_NAME =
  '(?!若干|几|[一二三两多数]?[名位个]|一批|名单|档案|情况|信息|台账|对象|学生|工作|计划|措施|[一二三四五六七八九]年?级|[初高][一二三])';
const NAME = `${NO_NAME}(?:#|\\p{Script=Han}{2,4}?)`;
const GRADE =
  '(?:[一二三四五六七八九][年]?级|[初高][一二三]|[大中小]班)(?:[(（]?[\\d一二三四五六七八九十]{1,2}[)）]?班)?';
const NAMES = `(?<names>${NAME}(?:[、,和及与;]${NAME})*)`;
const KIND = '(?<kind>潜能生|学困生|后进生|困难生|贫困生|特困生)';
const AFTER = `[,(]?(?<grade>${GRADE})?[)]?${END}`;

/** The two kinds of care that files know. */
const kindOf = (word: string | undefined): Pick<CareSaid, 'kind'> =>
  word === undefined ? {} : { kind: /困难|贫困|特困/u.test(word) ? '困难生' : '潜能生' };

function cared({ pupils, people, when }: SentenceShape, g: Record<string, string | undefined>): Said | undefined {
  const known = [...pupils];
  const names = (g.names ?? '').split(/[、,和及与;]/u).map((name) => (name === '#' ? known.shift()! : name));
  const who = g.who === '@' ? people[0] : undefined;
  const more = { ...(who && { who }), ...(g.grade && { grade: g.grade }), ...kindOf(g.kind) };
  return { what: 'care_begins', pairs: names.map((pupil) => ({ pupil, ...more })), when };
}

const HEADING = /^.{0,14}(?:帮扶|结对|潜能生|困难生|学困生|贫困生).{0,6}(?:名单|对子|安排|学生)\s*[:：]\s*/u;
const ROW = new RegExp(
  `^(?:\\d+[.、\\s]+)?(?<who>\\p{Script=Han}{2,4}?)(?:老师|校长|主任)?\\s*[:：—–→>-]+\\s*(?<names>${NAME}(?:[、，,和及与\\s]+${NAME})*)\\s*[,，(（]?(?<grade>${GRADE})?[)）]?\\s*$`,
  'u',
);

/** 帮扶名单：陈志远—小明、小红 / 李晓梅—小刚: a heading, then a mentor in each row. */
function caredInRows({ text, people, when }: SentenceShape): Said | undefined {
  const heading = HEADING.exec(text)?.[0];
  if (heading === undefined || /师徒/u.test(heading)) return undefined;
  const kind = kindOf(new RegExp(KIND, 'u').exec(heading)?.groups?.kind);
  const rows = text
    .slice(heading.length)
    .split(/[\n;；]/u)
    .filter((row) => row.trim() !== '');
  const pairs = rows.flatMap((row): CareSaid[] => {
    const { who = '', names = '', grade } = ROW.exec(row.trim())?.groups ?? {};
    if (!people.includes(who)) return [];
    const more = { who, ...(grade && { grade }), ...kind };
    return names.split(/[、，,和及与\s]+/u).map((pupil) => ({ pupil, ...more }));
  });
  // Colleagues in the place of pupils are mentees.
  if (pairs.some(({ pupil }) => people.includes(pupil))) return undefined;
  return pairs.length > 0 && rows.every((row) => ROW.test(row.trim()))
    ? { what: 'care_begins', pairs, when }
    : undefined;
}

/** 举行了拜师仪式, which is a report as well. */
const HELD = '(?<held>[,;]?&?(?:举行|举办|开展|召开)了?[^,;@]{0,10}(?:仪式|会|活动))?';
const PAIR = '@[(]?(?:师[父傅]|导师)?[)]?(?:带|-|—|–|→|~|、|和|与|对|:)+@[(]?(?:徒弟|学员)?[)]?[,;、]?';

const inTurn = ({ people, when }: SentenceShape, { held }: Record<string, string | undefined>): Said | undefined =>
  people.length % 2 === 1
    ? undefined
    : {
        what: 'mentorship_begins',
        pairs: people.flatMap((mentor, i) => (i % 2 === 0 ? [{ mentor, mentee: people[i + 1]! }] : [])),
        when,
        ...(held && { held: true }),
      };

export const SAID_TO_BEGIN: Saying[] = [
  free(
    'pupil returns',
    '小杰复学了',
    `&?(?:我的?学生)?#&?(?:已经|已|又|现在|今天)?(?:复学|返校|回校|转回来?|回来(?:上学|读书|上课)?|恢复上学)了?&?${END}`,
    ({ pupils: [who], when }) => ({ what: 'pupil_returns', who: who!, when }),
  ),
  free(
    'support of a pupil again',
    '恢复对小杰的帮扶',
    `&?(?:恢复(?:对)?#的?帮扶|#&?(?:重新|继续|恢复)(?:纳入|列入)?帮扶)&?${END}`,
    ({ pupils: [who], when }) => ({ what: 'pupil_returns', who: who!, when }),
  ),
  { name: 'a list of pupils by mentor', says: '帮扶名单：陈志远—小明、小红', when: caredInRows },
  free(
    'new pupil in care',
    '陈志远新增帮扶学生小明，七年级',
    `&?(?:给|为|由)?(?<who>我|@)?&?(?:又|再|还|新)*(?:新增|增加|添加|新添|结对)(?:帮扶)?了?(?:一[名个位])?(?:帮扶)?的?(?:${KIND}|学生|对象|(?=#))[:,]?${NAMES}${AFTER}`,
    cared,
  ),
  free(
    'pupil in the care of',
    '小明由我帮扶',
    `&?${KIND}?${NAMES}&?(?:今后|以后|就)?由(?<who>我|@)(?:来)?(?:结对|负责)?帮扶${END}`,
    cared,
  ),
  free(
    'onto the list',
    '把小明加到陈志远的帮扶名单',
    `(?:请|帮我)?(?:把|将)?${NAMES}&?(?:加到|加入|加进|列入|纳入|放到|放进)(?:(?<who>我|@)的?)?(?:${KIND}|帮扶)(?:学生)?的?(?:名单|对象|档案)?(?:里|中)?${END}`,
    cared,
  ),
  free(
    'whose care',
    '陈志远结对帮扶小明',
    `&?(?<who>我|@)&?(?:结对帮扶(?:学生|${KIND})?|帮扶的?(?:学生|${KIND.replace('kind', 'sort')})[是为:]?)${NAMES}${AFTER}`,
    (heard, groups) => cared(heard, { ...groups, kind: groups.kind ?? groups.sort }),
  ),
  free('mentorships', '师徒结对：李晓梅带杨一帆', `[^@]{0,14}师徒[^@]{0,6}(?:${PAIR})+${HELD}${END}`, inTurn),
  free(
    'become mentor and mentee',
    '李晓梅和杨一帆结为师徒',
    `&?@(?:和|与|跟|同)@&?(?:正式)?结(?:为|成)了?师徒(?:对子|关系)?${HELD}${END}`,
    inTurn,
  ),
  free('takes as a mentee', '李晓梅收杨一帆为徒', `&?@&?(?:正式)?收@为徒弟?了?${HELD}${END}`, inTurn),
  free('takes as a mentor', '杨一帆拜李晓梅为师', `&?@&?(?:正式)?拜@为师[父傅]?了?${HELD}${END}`, (heard, groups) =>
    inTurn({ ...heard, people: heard.people.toReversed() }, groups),
  ),
  free(
    'members of the team',
    '我校成立帮扶领导小组，组长王建业，组员李晓梅、陈志远',
    '[^@]{0,30}(?:领导小?组|工作小?组|指导小组|帮扶小组)[^@]{0,12}(?:组长|负责人)[是为由:]?@(?:[,;、。]?(?:副?组长|组员|成员|负责人)?[是为由有:]?@)*[。.!！]*$',
    ({ people }) => ({ what: 'team_joins', people, when: '' }),
  ),
  free(
    'new pairing',
    '新增结对 民族中学→万佑',
    `(?:新增|登记|增加|新建)(?:一[对个])?结对(?:关系)?[:,]?%(?:→|和|与|支援|帮扶|对)(?:%|(?<unlisted>\\p{Script=Han}{2,12}))${END}`,
    paired,
  ),
  free(
    'supports, to be entered',
    '万佑又支援民族中学，这个结对也登记一下',
    `&?%&?(?:又|再|也|还|新)*(?:结对帮扶|支援|帮扶|结对)(?:%|(?<unlisted>\\p{Script=Han}{2,12})),?(?:这个|该)?(?:结对)?(?:也)?(?:请)?(?:登记|录入|加上|加进去)(?:一下|上)?吧?${END}`,
    paired,
  ),
];

function paired({ schools, when }: SentenceShape, { unlisted }: Record<string, string | undefined>): Said | undefined {
  const [supporter, recipient = unlisted] = schools;
  return supporter && recipient ? { what: 'pairing_begins', supporter, recipient, when } : undefined;
}
