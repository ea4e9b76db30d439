/** How people ask for a draft of a paper, one rule per way of asking. Pure; names are looked up later. */
import type { Paper } from '../../plan/plan.ts';
import type { PaperSpan } from '../intake/chore.ts';

export interface PaperAsked {
  paper: Paper;
  /** Who or what the paper is about. If empty: the sender, their school, or everything they are responsible for. */
  name: string;
  span: PaperSpan;
}

/** The words for each paper; the first that occurs decides. */
const PAPERS: [paper: Paper, words: RegExp][] = [
  ['certificate', /支教证明|服务证明|挂职证明|证明/],
  ['register', /登记表|帮扶表/],
  ['commendation', /表彰|先进|推荐材料|典型材料/],
  ['appraisal', /考核|考评|评估|鉴定/],
  ['reflection', /心得|体会|反思|感悟/],
  ['summary', /总结|小结/],
  ['plan', /计划|方案/],
];
const PAPER =
  '(?:证明|登记表|帮扶表|考核|考评|评估|鉴定|表彰|推荐|典型|心得|体会|反思|感悟|总结|小结|计划|方案)(?:材料|表|书)?';

/** Why it is wanted, before the request: 这一周期结束，…; 支教满一年了，…. */
const LEAD = '(?:[^，,。？?！!]{2,24}[，,])?';
const POLITE = '(?:请|麻烦|帮忙|帮我|替我|给我|我想|我要|想要|想|能不能|可以|可否|需要|我需要)*';
const VERB = '(?:起草|草拟|代拟|拟|写|生成|出具|打印|导出|开具|出|开|做|要|弄)';
const PIECE = '(?:一?[份篇张个]|一下)(?:草稿)?';
const END = '(?:吧|吗|可以吗|行吗)?[。.!！?？]*$';

interface Rule {
  name: string;
  says: string;
  when: RegExp;
}

export const PAPER_ASKED: Rule[] = [
  {
    name: 'to write one',
    says: '这一周期结束，给何静写一份表彰材料',
    when: new RegExp(
      `^${LEAD}${POLITE}(?:给(?!我)(?<whom>[^，,。\\s]{2,16}?))?${POLITE}${VERB}${PIECE}\\s*(?<what>[^，,。了过]{2,60}?)${END}`,
      'u',
    ),
  },
  {
    name: 'to generate it',
    says: '生成城一小与山口小学的年度考核材料',
    when: new RegExp(
      `^${LEAD}${POLITE}(?:给(?!我)(?<whom>[^，,。\\s]{2,16}?))?(?:起草|草拟|代拟|生成|出具|打印|导出|开具|帮我写|帮写|写)(?<what>[^，,。了过]{0,40}?${PAPER})${END}`,
      'u',
    ),
  },
  {
    name: 'one, to be written',
    says: '年度总结写一份',
    when: new RegExp(
      `^${POLITE}(?:把|给[^，,。]{1,8}的)?(?<what>[^，,。了过]{2,20}?)(?:帮我|给我)?${VERB}一?[份篇个]${END}`,
      'u',
    ),
  },
  {
    name: 'one that is not written yet',
    says: '心得体会还没写，帮我起草一份',
    when: new RegExp(
      `^(?<what>[^，,。]{0,16}?${PAPER})(?:还)?(?:没有?|不会)(?:写|做|弄)(?:好|完)?[，,]${POLITE}${VERB}一?[份篇个下]${END}`,
      'u',
    ),
  },
  {
    name: 'how to get it',
    says: '支教满一年了，评职称要证明材料，怎么开',
    when: new RegExp(
      `^(?:[^，,。？?！!]{2,24}[，,])*?(?:[^，,。]{0,8}(?:要|需要))?(?<what>[^，,。了过]{0,20}?${PAPER})[，,]?(?:要|该)?(?:怎么|如何|在?哪里?|去哪|找谁)(?:去)?(?:开|写|出|要|弄|拿|生成|办)${END}`,
      'u',
    ),
  },
];

/** Words beside a paper's name that name no person. */
const FILLERS =
  /捆绑式?|联合|推荐|双方|[本这上下]个?学期|学期|[本这上下新]一?个?学年|学年|[去明来]年|[上下]?一?年度|全年|[本今]年|[本这]一?周期|结对|对口|帮扶|工作|转化|材料|关于|活动|个人|成绩|突出的?|优秀|单位|人员|支教|挂职|实施|^学校(?=\p{Script=Han})|农村|城乡|教学|学困生|潜能生|困难生|贫困生|后进生|全[区县市校]|[本我][区县市校]|我们学?校|我的?|的/gu;

const SPANS: [span: PaperSpan, words: RegExp][] = [
  ['last_term', /上个?学期/u],
  ['next_term', /下个?学期/u],
  ['term', /学期/u],
  ['last_year', /[上去]个?(?:学年|年度|年)/u],
  ['next_year', /下一?个?(?:学年|年度)|新学年|明年|来年/u],
  ['school_year', /学年|年度|全年|[本今]年|周期/u],
];

/** What a paper covers that does not say so: a summary the term, anything else the school year. */
const spanIn = (paper: Paper, what: string): PaperSpan =>
  SPANS.find(([, words]) => words.test(what))?.[0] ??
  (paper === 'summary' || paper === 'reflection' ? 'term' : 'school_year');

/** The paper that a message asks for; undefined if it asks for none. */
export function paperAsked(text: string): PaperAsked | undefined {
  for (const { when } of PAPER_ASKED) {
    const { what, whom = '' } = when.exec(text.trim())?.groups ?? {};
    const found = what === undefined ? undefined : PAPERS.find(([, words]) => words.test(what));
    if (!found || what === undefined) continue;
    const [paper] = found;
    const bare = (part: string) => part.replace(FILLERS, '').trim();
    const rest = PAPERS.reduce((left, [, words]) => left.replaceAll(new RegExp(words, 'gu'), ''), what);
    return { paper, name: bare(whom) || bare(rest), span: spanIn(paper, what) };
  }
  return undefined;
}
