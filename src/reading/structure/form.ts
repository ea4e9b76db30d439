import { LABELS, type Label } from '../tables/labels.ts';

/** The content of a stretch as one sentence, and what is only a note (the contents of a talk). */
export interface Stretch {
  text: string;
  note?: string;
  /** A line of a list: its spaces separate fields, and are not pauses. */
  row?: true;
}

type Filled = Partial<Record<Label, string>>;

const LABEL_OF = new Map(
  Object.entries(LABELS).flatMap(([label, row]) => row.split(' ').map((word) => [word, label as Label] as const)),
);
const LABELLED = /^[【[(]?([\p{Script=Han}]{2,6})[】\])]?[:： ]\s*(.+)$/u;
/** A form has at least this many lines with known labels. */
const ENOUGH = 2;

/** 送教科目 is a 科目 of a 送教. */
const OF_KIND = /^(送教|听课|家访|谈话|辅导|讲座|培训|备课|教研|捐赠|支教|上课|送课)(?=\p{Script=Han}{2})/u;

export function labelOf(word: string): Label | undefined {
  return LABEL_OF.get(word.trim()) ?? LABEL_OF.get(word.trim().replace(OF_KIND, ''));
}

/** 谈话人, 送教日期: the kind of activity that a label names. */
const kindIn = (label: string) =>
  /^(送教|听课|家访|谈话|辅导|讲座|培训|备课|教研|捐赠|支教|送课)(?!教师|老师)/u.exec(label)?.[1];

/** A form with one label per line, as the sentence that it states; undefined if the lines are not a form. */
export function formIn(lines: string[]): Stretch | undefined {
  const rows = lines.map((line) => {
    const found = LABELLED.exec(line);
    const label = found && /:/u.test(line) ? labelOf(found[1]!) : undefined;
    return { line, label, value: found?.[2] };
  });
  const known = rows.filter(({ label }) => label !== undefined);
  const [first] = rows;
  const heading = first && first.label === undefined ? first.line : '';
  const rest = rows.filter((row) => row.label === undefined && row !== first);
  if (known.length < ENOUGH || known.length * 2 < lines.length - 1 || rest.length > known.length) return undefined;
  const filled: Filled = {};
  for (const { label, value } of known) filled[label!] = joined(label!, filled[label!], value!);
  const hint = known.map(({ line }) => kindIn(line)).find((kind) => kind !== undefined);
  const { text, note } = sentenceOf(heading, filled, hint);
  return { text: [text, ...rest.map(({ line }) => line)].join(' '), note };
}

/** The first value of a label counts; for labels with several values, all do. */
function joined(label: Label, before: string | undefined, value: string): string {
  if (before === undefined) return value;
  return /^(?:with|subject|goods|note|count)$/u.test(label) ? `${before}、${value}` : before;
}

/** 姓名|日期|学校|学科|节数: the head of a table, and each row as a form. */
export function tableOf(lines: string[]): Stretch[] | undefined {
  const at = lines.findIndex((line) => {
    const cells = cellsOf(line);
    return cells.length > 2 && cells.filter((cell) => labelOf(cell)).length > cells.length / 2;
  });
  if (at < 0) return undefined;
  const labels = cellsOf(lines[at]!).map(labelOf);
  const rows = lines.slice(at + 1).filter((line) => cellsOf(line).length === labels.length);
  if (rows.length === 0) return undefined;
  return rows.map((row) => {
    const filled: Filled = {};
    cellsOf(row).forEach((cell, k) => {
      const label = labels[k];
      if (label && cell) filled[label] = joined(label, filled[label], cell);
    });
    return sentenceOf(lines.slice(0, at).join(' '), filled);
  });
}

const cellsOf = (line: string) => line.split(/[|\t]/u).map((cell) => cell.trim());

/** Words of a heading that only name the sort of document. */
const PAPER =
  /(?:情况)?(?:登记|记录|统计|汇总|台账|反馈|填报|上报|上交登记|信息|一览|说明|通知|报告|情况)(?:表|单|卡|册)?$|表$|[【】[\]]|集中|工作(?=登记)/gu;
const AHEAD = /计划|安排|预告|预约|拟/u;
const OFF = /取消|未完成|未开展|改期|未能/u;

/** The words of a heading or label for an activity. */
const KNOWN =
  /送教|送课|示范课|公开课|上课|授课|听课|观课|评课|家访|走访|谈话|谈心|辅导|指导|讲座|报告|捐|支教|挂职|跟岗|备课|集备|教研|研讨|培训|研修|交流|互访|考|命题|阅卷|课题|计划|总结|方案|材料|心得|反思|会|座谈|签到/u;

/** The sentence that a filled form states: who, when, where, what, how much. */
export function sentenceOf(heading: string, filled: Filled, hint?: string): Stretch {
  const { date, planned, missed, reason, place, to, giver, pupils, subject, topic, mode, goods, worth } = filled;
  const off = missed !== undefined || OFF.test(heading);
  const ahead = planned !== undefined || (AHEAD.test(heading) && !off);
  const named =
    `${heading.replace(/计划|安排|预告|取消|未完成|改期/gu, '').replace(PAPER, '')}${filled.kind ?? ''}`.replace(
      /[:：]/gu,
      '',
    );
  const told = KNOWN.test(named)
    ? named
    : (hint ?? (KNOWN.test(filled.note ?? '') ? undefined : filled.gives && '送教'));
  // 内容: 周文博送教 names the activity in a sentence, if neither heading nor label does.
  const paper = filled.kind && /材料|文件/u.test(heading) ? '提交' : '';
  const kind = told ? `${paper}${told}` : `${named} ${filled.note ?? ''}`;
  const count =
    filled.count && /^[\d一二三四五六七八九十两]+$/u.test(filled.count) ? `${filled.count}节` : filled.count;
  const when = planned ?? missed ?? date ?? '';
  const pupilsOnly = /谈话|谈心|辅导|指导|家访|走访/u.test(kind);
  const about = topic && !pupilsOnly ? (/《/u.test(topic) ? topic : `《${topic}》`) : '';
  const heard = /听课|观课|听评课|观摩/u.test(kind);
  const teacher = filled.teacher ?? (heard ? filled.gives : undefined);
  const doer = filled.doer ?? (heard ? undefined : filled.gives);
  const text = [
    filled.guest ? `${filled.guest}来我校` : '',
    doer?.replace(/\(.*?\)/gu, ''),
    filled.with ? `和${filled.with}` : '',
    ahead ? `计划${when}` : when,
    place ? `在${place}` : '',
    pupils ? (/谈话|辅导|指导|谈心/u.test(kind) ? `给${pupils}` : '') : '',
    mode,
    heard && teacher ? `听${teacher}` : '',
    kind,
    pupils && !/谈话|辅导|指导|谈心/u.test(kind) ? pupils : '',
    !heard && teacher && !doer ? teacher : '',
    subject,
    about,
    count,
    goods,
    to ? `给${to}` : '',
    worth ? `,${/捐款|助学金|慰问金|捐资/u.test(kind) ? '捐款' : '价值'}${worth}` : '',
    giver ? `,由${giver}` : '',
    filled.action,
    evaluation(filled.evaluated ?? (heard && /已评|评了|评课/u.test(filled.note ?? '') ? '是' : undefined)),
    off ? `,取消了,因为${reason ?? ''}` : '',
  ];
  return {
    text: text.filter(Boolean).join(' ').trim(),
    note: told ? (filled.note ?? (pupilsOnly ? topic : undefined)) : undefined,
  };
}

function evaluation(said: string | undefined): string {
  if (!said) return '';
  return /否|未|没|不/u.test(said) ? ',未评课' : ',已评课';
}
