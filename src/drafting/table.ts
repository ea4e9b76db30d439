/** Reads a table of tasks (cells between tabs) as clauses, each under its task and its time. */

export interface TableRow {
  place: string;
  /** The demand, preceded by who owes it. */
  text: string;
  /** The task, and the time if it has a column. */
  under: string[];
}

type Part = 'number' | 'when' | 'who' | 'task' | 'more' | 'nothing';
const PARTS: { part: Part; says: string; when: RegExp }[] = [
  { part: 'number', says: '序号', when: /^(?:序号|编号|项次|序|No\.?)$/i },
  { part: 'nothing', says: '备注', when: /备注|佐证|分值|得分|权重|评分|联系/ },
  { part: 'when', says: '完成时限', when: /时间|时限|频次|频率|期限|进度|周期|次数|日期|月份/ },
  { part: 'who', says: '责任单位', when: /责任|单位|部门|牵头|主体|对象|负责|实施者|落实人/ },
  { part: 'more', says: '具体要求', when: /要求|目标|标准|措施|举措|指标|成果|数量|说明/ },
  { part: 'task', says: '任务内容', when: /任务|项目|内容|工作|活动|类别|事项/ },
];

const cellsOf = (line: string): string[] => line.split('\t').map((cell) => cell.trim());
const partOf = (title: string): Part | undefined =>
  title.length <= 10 ? PARTS.find(({ when }) => when.test(title))?.part : undefined;

/** The columns of a header, or undefined if the line is not one. */
function headerIn(line: string): (Part | undefined)[] | undefined {
  const parts = cellsOf(line).map(partOf);
  const known = parts.filter((p) => p !== undefined);
  return known.length >= 2 && (known.includes('task') || known.includes('more')) ? parts : undefined;
}

/** The lines of a text; those of tables become rows. */
export function withTables(lines: string[]): (string | TableRow)[] {
  const found: (string | TableRow)[] = [];
  let header: (Part | undefined)[] | undefined;
  let task = '';
  for (const line of lines) {
    if (!line.includes('\t')) {
      header = undefined;
      found.push(line);
      continue;
    }
    const next = headerIn(line);
    if (next) {
      header = next;
      task = '';
    } else if (header) {
      const cells = cellsOf(line);
      const cellsOfPart = (part: Part) => cells.filter((cell, i) => cell !== '' && header![i] === part);
      const [first, ...more] = [...cellsOfPart('task'), ...cellsOfPart('more')];
      if (cellsOfPart('task').length > 0) task = cellsOfPart('task')[0]!;
      found.push(
        rowOf({
          number: cellsOfPart('number')[0],
          task,
          texts: cellsOfPart('task').length > 0 ? more : [first ?? ''],
          when: cellsOfPart('when'),
          who: cellsOfPart('who'),
        }),
      );
    } else found.push(line.replace(/\t/g, ' '));
  }
  return found;
}

const COUNTED = /[\d一二两三四五六七八九十][次节场篇份名人]/;
const PARTY = /受援|支援|帮扶|受扶|双方|两校|甲方|乙方|教育局|教体局|教师|班主任/;

function rowOf({
  number,
  task,
  texts,
  when,
  who,
}: {
  number: string | undefined;
  task: string;
  texts: string[];
  when: string[];
  who: string[];
}): TableRow {
  const given = texts.filter(Boolean);
  const counted = when.filter((cell) => COUNTED.test(cell));
  const asked = [...(given.length > 0 ? given : [task]), ...counted].join(',');
  const doer = who.find((cell) => PARTY.test(cell) && cell.length <= 12);
  return {
    place: `表${number ?? task.slice(0, 8)}`,
    text: doer ? `${doer}${asked}` : asked,
    under: [task, ...when.filter((cell) => !counted.includes(cell))].filter(Boolean),
  };
}
