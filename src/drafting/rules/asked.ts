/** Whether a segment asks for anything, and for which evidence. */
import type { Rule } from './rule.ts';

export const EVIDENCE: (Rule & { gives: 'record' | 'photo' | 'attendance' | 'document' })[] = [
  { name: 'attendance', says: '有签到', when: /签到|考勤/, gives: 'attendance' },
  { name: 'photo', says: '留存照片', when: /照片|图片|影像/, gives: 'photo' },
  { name: 'record', says: '有谈话记录', when: /记录|台账|登记/, gives: 'record' },
];

/** Words that ask for something to be done. */
export const ASKS =
  /组织|开展|举办|举行|召开|选派|选送|派出?|邀请|请|撰写|写|报送|上报|提交|上?交(?!流|通|谈|心)|汇?报|签[订署好]|达成|[制拟][定订]|形成|接[受纳收]|安排|聘请|参[加与]|反馈|完成|建[立好]|进行|做好|指导|联系|谈|听|上|送|访|确定|捐|交流|研讨|实行|开设|开放|考察|落实|更新|统计|支援|投入|资助|购[置买]|表演|演出|打造|实现|公布|下达|互[通寄]|添置|赠|执教|慰问|募集|碰头|研究|写|召集|承办|汇编|编[写印]|出具|配送|推选|要|应|须|至少|不少于|不低于/;

/** Segments that ask for nothing. The first rule applies to whole sentences about the past. */
export const NOTHING_ASKED: Rule[] = [
  {
    name: 'history',
    says: '已选派107人次',
    when: /(?:^|[^完])(?:已(?!签)|曾|先后|共(?![同享建育联进商研读])[^,，。;]{0,6}(?:人|次|名)|达\d|早在|以来|近几年|隆重|圆满|的(?:热情)?(?:欢迎|支持|关心)下|(?:下发|启动|召开|成立|选派|派出|举办|捐赠)了|\d{4}年[^,，。;]{0,12}(?:下发|派出了?\d|成立了))/,
  },
  { name: 'inspection without a date', says: '不定期抽查', when: /不定期|抽查/ },
  {
    name: 'who may',
    says: '男未满45周岁',
    when: /周岁(?![^,，。;]{0,12}每[月周学年两])|以下\)|年龄|学历|职称在|具备|资格|职称评[定审]|评优|晋级|满一年|一年及以上|以上职称/,
  },
  {
    name: 'about itself',
    says: '特制定本方案',
    when: /特[制拟][定订]|制定(?:本|我|此|如下)|现[制将就]|(?:签订|达成)(?:本|如下|此)|本(?:方案|计划|办法|通知|意见|协议)|一式[一二两三四五六]份/,
  },
  {
    name: 'how long, or how many each',
    says: '时间不少于两周',
    when: /^(?:连续|累计)?(?:时间|驻校时间|为期|周期|每人(?!每)|每(?:人次|批次)|其中|标准|任期|支教期)/,
  },
  { name: 'money for the work', says: '工作经费5万元', when: /标准为|(?<!建设[^,，。;]{0,6})经费|补贴|补助|津贴|奖金/ },
  { name: 'a rate for each', says: '每人每学期500元', when: /(?:每人|每生|人均)[^,，。;]{0,8}\d+元/ },
  { name: 'every day', says: '每天辅导30分钟', when: /每[天日](?!常)/ },
  {
    name: 'inspection',
    says: '专项督导',
    when: /督导|督查|巡查|(?<![自互])检查(?![^,，。;]{0,8}作业)|考核(?!表)|考勤|通报(?:$|表扬|批评|[一二两\d]+次)|评估(?!报告)/,
  },
  {
    name: 'how many make a group',
    says: '小组成员不少于2人',
    when: /成员(?:不少于|至少)?[\d一二两三四五六七八九十]+[名人]/,
  },
  { name: 'a stage', says: '总结阶段', when: /^.{0,8}阶段$/ },
  { name: 'choosing the best', says: '评选先进个人15名', when: /评选(?!表彰)/ },
  { name: 'theme', says: '主题为', when: /主题[为是]|确定活动主题/ },
  {
    name: 'by what means',
    says: '通过听课、座谈等形式',
    when: /^(?:[^,，。;]{0,12}将)?(?:要)?通过|等(?:多种)?(?:形式|方式)$/,
  },
  { name: 'examples', says: '如集体备课', when: /^(?:如|例如|比如|包括|形式有)/ },
  { name: 'leave to do it', says: '可选派教师支教', when: /^(?:可以?|鼓励|允许|欢迎|有条件的)|纳入|列入/ },
];

/** The people who are looked after: this part of a segment asks for nothing, the rest may. */
export const LOOKED_AFTER: Rule = {
  name: 'whom one looks after',
  says: '每名教师帮扶1-2名潜能生',
  when: /(?:(?:每[位名个]|人均)[^,，。;、]{0,12})?(?:帮扶|结对|对应|负责|联系|关爱|包联|包保|确定|带[教徒]?)\s*(?:不少于|至少)?\s*[\d一二两三]+(?:[-至到]+[\d一二三]+)?\s*(?:名|所|个|位|人)(?:[^,，。;、]{0,4}(?:潜能生|贫困生|困难生|学困生|学生|农村|乡镇|薄弱|留守|学校|园|徒弟|青年教师|帮扶对象)|(?=$|[,，。;、]))(?![^,，。;]{0,14}(?:完成|读完|学业))|(?:联系|结对|带教|指导|培养|帮带|配备)+(?:(?:不少于|至少)?[\d一二两三]+(?:[-至到]+[\d一二三]+)?[名位](?:[^,，。;、]{0,6})教师|(?:[^,，。;、]{0,6})教师(?:不少于|至少)?[\d一二两三]+(?:[-至到]+[\d一二三]+)?[名位])/,
};
