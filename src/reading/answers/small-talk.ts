/** Small talk that asks for nothing, and the short answer to each sort. */
export type SmallTalk = 'thanks' | 'agreed' | 'praise' | 'other';

interface Rule {
  name: SmallTalk;
  says: string;
  when: RegExp;
}

/** The first rule that fits decides. */
export const SMALL_TALK: Rule[] = [
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
