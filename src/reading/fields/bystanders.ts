import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

/** A word by what it is and what stands around it. `says` is a message with one. */
export interface Surrounded {
  name: string;
  says: string;
  said?: RegExp;
  before?: RegExp;
  after?: RegExp;
  kind?: Reading['kind'];
}

export const isSurrounded = ({ text: said, start, end }: Token, text: string, by: Surrounded): boolean =>
  (by.said?.test(said) ?? true) &&
  (by.before?.test(text.slice(0, start)) ?? true) &&
  (by.after?.test(text.slice(end)) ?? true);

/** A way in which a name stands beside an activity without having acted. */
interface Bystander extends Surrounded {
  /** Only of what was done. */
  done?: true;
}

/** 总结交给, 发给: who follows gets it. */
export const GIVEN_TO = /(?:交给了?|交到|发给了?|报给|递给|呈给?|给|交)$/u;

export const BYSTANDERS: readonly Bystander[] = [
  {
    name: 'who gets a paper did not write it',
    says: '教学反思交给王校长了',
    before: GIVEN_TO,
    kind: 'document',
  },
  {
    name: 'who asked for it',
    says: '受李淑芬老师之托找张婷婷谈话',
    after: /^(?:老师)?(?:托的事|提醒|之托(?!.{0,3}[报登填]))/u,
  },
  {
    name: 'in whose place it was done',
    says: '替周文博家访了小杰',
    before: /(?:替|代替|代)$/u,
    after: /^(?:老师|主任|校长)?(?!.{0,3}[报登填录记补])/u,
  },
  {
    name: 'who had the sender do it',
    says: '杨校长安排我给老师们做了个讲座',
    after:
      /^(?:老师|校长|园长|主任)?(?:又|还|临时|特意|今天)?(?:安排|[叫让喊派请]|要求|通知|邀请)(?:了|着)?我(?![们校园]|.{0,4}(?:报|登|填|说|代|记一))/u,
  },
  { name: 'who is addressed', says: '小杰的事周老师你放心，今天谈了', after: /^[你您](?!们)/u },
  {
    name: 'who was fetched or met',
    says: '我开车去接她',
    said: /^[他她]$/u,
    before: /[接送]$|(?<!了)[给找问叫等陪帮]$/u,
  },
  {
    name: 'who stayed away',
    says: '方明没去，段玉梅上了一节',
    after: /^(?:老师|校长|主任)?(?:今天|这[次趟回])?没有?(?:去|下去|同去)[,，。;](?![他她上听同跟和找在])/u,
    done: true,
  },
  { name: 'whose vehicle it was', says: '骑鲁老师的摩托去阿木家', after: /^的(?:摩托|电动车|车|班车|面包车)/u },
];

export const isBystander = (token: Token, { kind, status, script: { text } }: Telling): boolean =>
  BYSTANDERS.some(
    (one) =>
      (one.kind === undefined || one.kind === kind) &&
      (!one.done || status === 'done') &&
      isSurrounded(token, text, one),
  );
