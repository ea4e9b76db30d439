/** Six files in shapes that schools keep: their names and bytes. All people and schools are invented. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gbk } from './gbk.ts';
import { xlsx } from './schools.ts';

export interface SchoolFile {
  name: string;
  bytes: () => Promise<Uint8Array>;
}

export const ledger: SchoolFile = {
  name: '送教统计.xlsx',
  bytes: async () =>
    xlsx({
      送教: [
        [{ value: '2026年秋季送教下乡活动统计表', columnSpan: 6 }, null, null, null, null, null],
        ['日期', '受援学校', '送教教师', '学科', '节数', '参加人数'],
        [
          { value: '2026年10月14日', rowSpan: 3 },
          { value: '石坪中学', rowSpan: 3 },
          '林致远',
          '语文',
          1,
          { value: 12, rowSpan: 3 },
        ],
        [null, null, '周明', '数学', 2, null],
        [null, null, '欧阳兰', '英语', 1, null],
        [{ value: '11月4日', rowSpan: 2 }, '石坪中学', '林致远', '语文', 1, 9],
        [null, '石坪中学', '周明', '数学', 1, 9],
      ],
    }),
};

export const register: SchoolFile = {
  name: '家访登记.xlsx',
  bytes: async () =>
    xlsx({
      Sheet1: [
        ['七年级家访情况登记表（2026年秋季）'],
        ['序号', '学生姓名', '班级', '家访教师', '9月', '10月', '11月', '12月'],
        [1, '小禾', '七（2）班', '林致远', '9.12', '10月17日、10.24', '11.7', ''],
        [2, '小满', '七（2）班', '周明', '', '18日', '√', ''],
        [3, '小禾', '七（2）班', '林致远', '', '', '', ''],
      ],
    }),
};

export const staff: SchoolFile = {
  name: '教师一览.xlsx',
  bytes: async () =>
    xlsx({
      教师: [
        [{ value: '松溪县第一初级中学教师基本情况一览表', columnSpan: 7 }, null, null, null, null, null, null],
        ['填表日期：2026年9月', null, null, null, null, null, null],
        [
          { value: '序号', rowSpan: 2 },
          { value: '姓名', rowSpan: 2 },
          { value: '性别', rowSpan: 2 },
          { value: '任教情况', columnSpan: 2 },
          null,
          { value: '职务', rowSpan: 2 },
          { value: '联系方式', rowSpan: 2 },
        ],
        [null, null, null, '年级', '学科', null, null],
        [1, '唐立', '男', '八', '物理', '教务处主任', 13900000012],
        [2, '蒋云', '女', '七', '语文', '', '139-0000-0013'],
      ],
    }),
};

export const careList: SchoolFile = {
  name: '名单.xlsx',
  bytes: async () =>
    xlsx({
      Sheet1: [
        ['潜能生结对帮扶名单'],
        ['单位：石坪乡初级中学', null, null, null, '2026年9月10日'],
        ['序号', '学生', '班级', '帮扶教师', '类别'],
        [1, '小芽', '七（1）班', '林致远', '潜能生'],
        [2, '小苗', '七（1）班', '林致远、周明', '潜能生'],
        [3, '小枝', '八（1）班', '罗秀英老师', '困难生'],
      ],
    }),
};

export const blanks: SchoolFile = {
  name: '帮扶名单.csv',
  bytes: async () =>
    gbk(
      '序号,帮扶教师,学生姓名,年级,类别\r\n1,林致远,小禾,七年级,潜能生\r\n2,,小青,七年级,潜能生\r\n3,,小石,七年级,\r\n4,周明,小满,八年级,困难生\r\n',
    ),
};

/** Saved by a spreadsheet program as .xls, and only named .xlsx. */
export const oldVisits: SchoolFile = {
  name: '家访登记.xlsx',
  bytes: async () => readFileSync(join(import.meta.dirname, 'visits.xls')),
};
