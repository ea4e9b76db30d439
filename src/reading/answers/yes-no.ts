/** The answer of a message to 「是这样吗？」, if it says nothing else. */
export type YesNo = 'yes' | 'no';

interface Rule {
  name: string;
  says: string;
  means: YesNo;
  when: RegExp;
}

const END = '[啊呀吧的了哈呢哦噢。.!！~～\\s]*$';
const whole = (words: string) => new RegExp(`^(?:嗯+|哦+|噢|啊|恩)?[,，\\s]*(?:${words})${END}`, 'iu');

export const YES_NO: Rule[] = [
  {
    name: 'not so',
    says: '不是的',
    means: 'no',
    when: whole('不是(?:这样)?|不对|错了|不正确|没有(?:的事|这回事)?|no|nope'),
  },
  {
    name: 'leave it',
    says: '先不记了',
    means: 'no',
    when: whole('(?:先)?(?:不用|别|不要|不)(?:记|报|填|管)(?:录)?|算了|不记|取消吧?|当我没说'),
  },
  {
    name: 'right',
    says: '嗯，对的',
    means: 'yes',
    when: whole('对(?:对)*|正确|没错|没问题|准确|就是(?:这样|这个)?|是(?:这样)?|yes|yep|correct|right'),
  },
  {
    name: 'record it',
    says: '记录吧',
    means: 'yes',
    when: whole(
      '(?:请|就|可以)?(?:帮我)?(?:记录|记下|记上|记|提交|确认|保存)(?:一下|下来)?|(?:就)?这么记|可以|行|好|ok',
    ),
  },
  { name: 'only a sound', says: '嗯嗯', means: 'yes', when: /^(?:嗯|恩|en)+[。.!！~～\s]*$/iu },
];

export const yesOrNo = (text: string): YesNo | undefined => YES_NO.find(({ when }) => when.test(text.trim()))?.means;

/** Small talk that asks for nothing, and the short answer to each sort. */
export type SmallTalk = 'thanks' | 'agreed' | 'praise' | 'other';

interface SmallTalkRule {
  name: SmallTalk;
  says: string;
  when: RegExp;
}

/** The first rule that fits decides. */
export const SMALL_TALK: SmallTalkRule[] = [
  { name: 'thanks', says: '谢谢你', when: /谢谢|多谢|感谢|辛苦[了啦]|麻烦你了|thank/iu },
  { name: 'praise', says: '真棒', when: /真棒|太好了|厉害|不错|给力|点赞|优秀/u },
  {
    name: 'agreed',
    says: '收到',
    when: /^(?:收到|好的?|好滴|行|可以|嗯+|哦+|知道了|明白|了解|没问题|ok|okay|got it)[啦了吧呀哈。.!！~～\s]*$/iu,
  },
];

export const smallTalk = (text: string): SmallTalk =>
  SMALL_TALK.find(({ when }) => when.test(text.trim()))?.name ?? 'other';
