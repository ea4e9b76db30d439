/** The fixed forms of arrangements: a command's word, then names and days. */
import { fixed, type Saying } from './saying.ts';

export const COMMANDS_SAID: Saying[] = [
  fixed(
    'leave by command',
    '请假 陈志远 11-20至11-30 生病',
    /^(?:请假|leave)[\s:：]+([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, rest]) => ({
      what: 'leave',
      who: who!,
      when: rest!,
    }),
  ),
  fixed(
    'replace by command',
    '换人 陈志远 → 李晓梅 小雨 11-20起',
    /^(?:换人|replace)[\s:：]+(.+?)\s*(?:→|->|=>|换成|换为|改由|\bwith\b)\s*([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, by, rest]) => ({
      what: 'replace',
      who: who!.trim(),
      by: by!,
      when: rest!,
    }),
  ),
  fixed(
    'person leaves by command',
    '离任 陈志远 12-31',
    /^(?:离任|调离|退出帮扶|person leaves)[\s:：]+([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, when]) => ({
      what: 'person_leaves',
      who: who!,
      when: when!,
    }),
  ),
  fixed(
    'pupil leaves by command',
    '学生离开 小雨 12-31',
    /^(?:学生(?:离开|离校|转学|转走|退出|毕业)|pupil leaves)[\s:：]+([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, when]) => ({
      what: 'pupil_leaves',
      who: who!,
      when: when!,
    }),
  ),
  fixed(
    'pairing ends by command',
    '结束结对 民族中学→万佑 12-31',
    /^(?:结束结对|结对结束|pairing ends)[\s:：]*(\S+?)\s*(?:→|->|=>)\s*([^\s\d,，;；:：]+)(.*)$/is,
    ([, from, to, when]) => ({
      what: 'pairing_ends',
      pairing: `${from}→${to}`,
      when: when!,
    }),
  ),
  fixed(
    'pupil returns by command',
    '学生复学 小雨 12-01',
    /^(?:学生复学|pupil returns)[\s:：]+([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, when]) => ({ what: 'pupil_returns', who: who!, when: when! }),
  ),
  fixed(
    'care by command',
    '帮扶 陈志远 → 小明 12-01',
    /^(?:帮扶|care)[\s:：]+(\S+)\s*(?:→|->|=>)\s*([^\s\d,，;；:：]+)(.*)$/is,
    ([, who, pupil, when]) => ({ what: 'care_begins', pairs: [{ who: who!, pupil: pupil! }], when: when! }),
  ),
  fixed(
    'mentorship by command',
    '师徒 李晓梅 → 杨一帆 12-01',
    /^(?:师徒|mentorship)[\s:：]+(\S+)\s*(?:→|->|=>)\s*([^\s\d,，;；:：]+)(.*)$/is,
    ([, mentor, mentee, when]) => ({
      what: 'mentorship_begins',
      pairs: [{ mentor: mentor!, mentee: mentee! }],
      when: when!,
    }),
  ),
  fixed(
    'pairing by command',
    'pairing begins 民族中学→万佑 12-01',
    /^pairing begins[\s:：]*(\S+?)\s*(?:→|->|=>)\s*([^\s\d,，;；:：]+)(.*)$/is,
    ([, supporter, recipient, when]) => ({
      what: 'pairing_begins',
      supporter: supporter!,
      recipient: recipient!,
      when: when!,
    }),
  ),
  fixed(
    'lift by command',
    '取消豁免 小雨 家访',
    /^(?:取消豁免|撤销豁免|解除豁免|lift)[\s:：]+(\S+?(?:\s*(?:→|->|=>)\s*[^\s\d]+)?)(?:\s+(.*))?$/is,
    ([, who, rest]) => ({
      what: 'lift',
      who: who!.replace(/\s*(→|->|=>)\s*/, '→'),
      requirement: '',
      when: rest!,
    }),
  ),
  fixed(
    'waive by command',
    '豁免 陈志远 家访 11-01至11-30 原因 住院',
    /^(?:豁免|waive)[\s:：]+(\S+?(?:\s*(?:→|->|=>)\s*[^\s\d]+)?)(?:\s+(.*?))?(?:[\s,，;；]*(?:原因|理由|因为|\breason\b|\bbecause\b)[\s:：]*(.*))?$/is,
    ([, who, rest, why]) => ({
      what: 'waive',
      who: who!.replace(/\s*(→|->|=>)\s*/, '→'),
      requirement: '',
      when: rest!,
      ...(why && { reason: why.trim().slice(0, 100) }),
    }),
  ),
];
