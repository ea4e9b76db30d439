/** Who owes a demand: which people, and which of the two schools. */
import type { Role } from '../../plan/people.ts';
import type { SubjectKind } from '../../plan/plan.ts';
import type { Rule } from './rule.ts';

export interface WhoRule extends Rule {
  subject: SubjectKind;
  role?: Role[];
}

/** The first rule that matches wins. */
export const WHO: WhoRule[] = [
  {
    name: 'the bureau',
    says: '县教育局',
    when: /^(?:[^,，。;]{0,10})(?<![报向送交][^,，。;]{0,4})(?:教育局|教体局|教育体育局|文教局|教育行政部门|教研室|进修学校|丙方)(?![^,，。;]{0,2}(?:报|备案|幼教))/,
    subject: 'district',
  },
  {
    name: 'heads together',
    says: '校长、教导主任',
    when: /(?:^|[^副])(?:校长|园长)[和、及与](?:[^,，。;]{0,6})(?:副校长|副园长|主任|中层)|校级领导|(?:每[位名])领导|班子成员/,
    subject: 'leader',
  },
  {
    name: 'vice principals and managers',
    says: '副校长、中层干部',
    when: /副校长|副园长|中层(?:干部|管理人员|以上)|(?:教导|教务|政教|德育)主任|(?:学校)(?:领导|行政|管理干部)/,
    subject: 'leader',
    role: ['vice_principal', 'middle_manager'],
  },
  {
    name: 'principal',
    says: '校长每学年',
    when: /(?:^|[^副])(?:校长|园长)(?![^,，。;]{0,4}(?:为|任)组长)/,
    subject: 'principal',
  },
  {
    name: 'mentor and pupil of the trade',
    says: '师傅每月听课',
    when: /师傅|师父|师徒|徒弟|导师|指导教师每|结对教师每/,
    subject: 'mentorship',
  },
  {
    name: 'each teacher',
    says: '每位教师',
    when: /每(?:位|名|个|一[位名])(?:[^,，。;每]{0,8})(?:教师|老师|班主任|教研员|带头人|名师|骨干|主持人)|(?:教师|老师|班主任|名师|支教人员|派驻教师|派驻人员|骨干)[^,，。;]{0,4}(?:每人|人均|每学期|每月|每周|每年|每学年|每两周|期末|要|应|须)|(?:领导和教师|教师和领导|帮扶教师|支教教师|挂职教师|挂职干部|支教老师|帮扶老师|关爱教师)|每人(?=每)|工作室成员|每[位名]成员|^[^,，。;]{0,8}(?:教师|老师|班主任)$/,
    subject: 'teacher',
  },
  {
    name: 'each school',
    says: '各校',
    when: /各(?:中小)?学校|各[校园]|各结对(?:学校|幼儿园|园)|(?:每|各)所?(?:受援|支援|帮扶|结对)?学校|学校(?:每|要|应|须)/,
    subject: 'school',
  },
];

/** What documents call the supporter school and the recipient school. */
export const CALLED: (Rule & { side: 'supporter' | 'recipient' })[] = [
  {
    name: 'helped',
    says: '受援学校',
    when: /(?:受援|受扶|被帮扶|受帮扶|被支援|薄弱|成员|乡村|农村|乡镇|帮扶对象)(?:片区、)?(?:中心)?(?:学校|校|园|幼儿园|方)|弱校|乙方|村小|分校|新建校/,
    side: 'recipient',
  },
  {
    name: 'helping',
    says: '支援学校',
    when: /(?:支援|(?<![被受])帮扶|派出|优质|龙头|核心|牵头|城区|县直|市直|区直|示范)(?:学校|校|园|幼儿园|方)|强校|甲方|名校|名园|总校/,
    side: 'supporter',
  },
];

export const BOTH_SIDES: Rule = {
  name: 'both',
  says: '两校',
  when: /双方|两校|双校|两园|双向|结对(?:学校|校)(?:之间|双方|要|每|共同|[^,，。;]{0,2}联合)|校际|互相|相互|互派|互访|互听|互寄|共同|联合|联盟|联席|(?:统一)?联考|对接会/,
};
