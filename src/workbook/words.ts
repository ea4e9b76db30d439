/** Words that people write in cells, with their meaning in the programme file. */
import type { ActivityKind, Mode } from '../plan/activity.ts';
import type { Role, SchoolKind } from '../plan/people.ts';

export const ROLE_WORDS: Record<string, Role> = {
  教师: 'teacher',
  老师: 'teacher',
  帮扶教师: 'teacher',
  领导: 'leader',
  校长: 'principal',
  园长: 'principal',
  副校长: 'vice_principal',
  副园长: 'vice_principal',
  中层: 'middle_manager',
  中层干部: 'middle_manager',
  联络员: 'coordinator',
  校级联络员: 'coordinator',
  局领导: 'bureau_leader',
  局联络员: 'bureau_coordinator',
  区县联络员: 'bureau_coordinator',
};
export const SCHOOL_WORDS: Record<string, SchoolKind> = {
  小学: 'primary',
  初中: 'middle',
  中学: 'middle',
  九年一贯制: 'middle',
  高中: 'senior',
  职高: 'vocational',
  中职: 'vocational',
  幼儿园: 'kindergarten',
  特殊教育: 'special',
  特校: 'special',
};
export const ACTIVITY_WORDS: Record<string, ActivityKind> = {
  送教: 'demo_lesson',
  示范课: 'demo_lesson',
  研讨课: 'demo_lesson',
  听课评课: 'observe',
  听课: 'observe',
  观摩: 'observe',
  家访: 'home_visit',
  谈心: 'talk',
  谈话: 'talk',
  学习方法指导: 'study_guidance',
  学法指导: 'study_guidance',
  讲座: 'lecture',
  捐赠: 'donation',
  捐款: 'donation',
  挂职: 'secondment',
  支教: 'secondment',
  跟岗: 'secondment',
  集体备课: 'joint_prep',
  备课: 'joint_prep',
  培训: 'training',
  交流: 'exchange',
  互访: 'exchange',
  月考: 'exam',
  联考: 'exam',
  课题: 'research',
  材料: 'document',
  文档: 'document',
  会议: 'meeting',
  帮扶名单: 'care_roster',
};
export const MODE_WORDS: Record<string, Mode> = {
  上门: 'visit',
  实地: 'visit',
  电话: 'phone',
  电访: 'phone',
  线上: 'online',
};

/** Kinds by words in a cell, a sheet's name or a title; the first match wins. */
export const ACTIVITY_LIKE: [RegExp, ActivityKind][] = [
  [/家访|走访|电访|入户|home visit/i, 'home_visit'],
  [/谈心|谈话|心理疏导|talk with/i, 'talk'],
  [/学法|学习方法|学业辅导|学习辅导|培优|补差|study guidance/i, 'study_guidance'],
  [/捐|受赠|物资|donation/i, 'donation'],
  [/听课|评课|听评|观课|observation/i, 'observe'],
  [/送教|送课|示范课|公开课|研讨课|展示课|同课异构|献课|上课|demonstration/i, 'demo_lesson'],
  [/讲座|专题报告|lecture/i, 'lecture'],
  [/挂职|支教|跟岗|驻校|轮岗|secondment/i, 'secondment'],
  [/备课|joint lesson/i, 'joint_prep'],
  [/培训|研修|training/i, 'training'],
  [/月考|联考|考试|质量检测|统测|exam/i, 'exam'],
  [/课题|教研|research/i, 'research'],
  [/会议|例会|座谈|推进会|联席会|meeting/i, 'meeting'],
  [/材料|总结|简报|协议|document/i, 'document'],
  [/互访|观摩|参观|交流|exchange/i, 'exchange'],
  [/帮扶名单|care roster/i, 'care_roster'],
];
/** Roles by their names in staff lists. Posts without a role are not listed. */
export const ROLE_LIKE: [RegExp, Role][] = [
  [/副校长|副园长/, 'vice_principal'],
  [/校长|园长/, 'principal'],
  [/书记/, 'leader'],
  [/班主任|组长|教师|老师|教员/, 'teacher'],
  [/主任/, 'middle_manager'],
];
export const SCHOOL_LIKE: [RegExp, SchoolKind][] = [
  [/小学|教学点/, 'primary'],
  [/职/, 'vocational'],
  [/高/, 'senior'],
  [/初|中学|九年/, 'middle'],
  [/幼/, 'kindergarten'],
  [/特/, 'special'],
];
export const MODE_LIKE: [RegExp, Mode][] = [
  [/电话|电访/, 'phone'],
  [/线上|网络|视频|微信|钉钉|腾讯/, 'online'],
  [/上门|实地|入户|面谈|面访|走访|家访|现场|到家|线下/, 'visit'],
];
