import { IN_VAIN, NO_ANSWER, NOBODY_HOME, NOT_POSSIBLE, TURNED_BACK, WITHOUT_SUCCESS } from '../tables/failure.ts';

/** A way of speaking that says, or may say, that it was not done after all. `says` is a message to which it applies. */
export interface WayOfSpeaking {
  name: string;
  says: string;
  when: RegExp;
}

/** After these, a record needs confirmation: a false record is the worst error. */
export const HARDLY_DONE: readonly WayOfSpeaking[] = [
  { name: 'nearly', says: '昨天差点去家访小杰', when: /差一?点(?:就|儿)?(?:[去来上和跟给]|家访|谈|听)|险些/u },
  {
    name: 'ought to have',
    says: '昨天本该和小雨谈话',
    when: /本该|本应|原计划|原定|原说|本来说好|原本(?:该|要|打算|计划|想)|本来(?:想|打算|要|该|准备|说好)/u,
  },
  {
    name: 'meant to',
    says: '昨天打算和小杰谈话结果开会去了',
    when: /(?:打算|准备|计划|说好).+(?:结果|可是|但是|不过)|想.+来着/u,
  },
  {
    name: 'forgotten',
    says: '昨天忘了和小岩谈话',
    when: /忘[了记](?:去|和|跟|给|找|同|陪|家访|谈|听|上课|送)|[给都也]忘了|我忘了(?!报|说|填|写|记|登|签|发|上报|补)/u,
  },
  { name: 'got ready for', says: '准备了昨天家访小雨的材料', when: /准备.{0,25}材料|材料.{0,4}准备/u },
  {
    name: 'half of it',
    says: '帮扶总结写了一半',
    when: /(?:写|做|弄|准备|填|备)了?(?:一半|一多半|一小半|一部分|个开头)|没写完|没做完/u,
  },
  {
    name: 'somebody else went',
    says: '昨天家访小岩是杨一帆去的',
    when: /是(?!我)[\u4e00-\u9fff]{1,4}[去做谈上听]的|不是我(?:去|做|谈|上|听|家访)/u,
  },
  {
    name: 'asks whether it counts',
    says: '昨天微信视频和小雨爸妈聊了半小时，算家访吗',
    when: /算不算|算.{0,8}[吗么?]|能算.{0,6}吗/u,
  },
];

export const isHardlyDone = (text: string): boolean => HARDLY_DONE.some(({ when }) => when.test(text));

/** Words for something that came to nothing. If no reading of the message says so, a reading of it as done may be wrong. */
export const FAILURES: readonly WayOfSpeaking[] = [
  { name: 'nobody was there', says: '去小雨家，家里没人', when: new RegExp(NOBODY_HOME, 'u') },
  { name: 'no answer', says: '给小雨妈妈打电话，没接', when: new RegExp(NO_ANSWER, 'u') },
  { name: 'it did not succeed', says: '找小杰谈话，没谈成', when: new RegExp(`${WITHOUT_SUCCESS}|黄了`, 'u') },
  { name: 'it came to nothing', says: '何欢请病假，今天的谈心落空', when: new RegExp(IN_VAIN, 'u') },
  { name: 'somebody turned back', says: '去万佑送教，半路塌方掉头回来', when: new RegExp(TURNED_BACK, 'u') },
  { name: 'it was not possible', says: '本周三去万佑的路塌了，课听不了', when: new RegExp(NOT_POSSIBLE, 'u') },
  { name: 'it is not to count', says: '碰到小杰爸爸，这个不算家访', when: /不作?登记|不算|不当.{0,4}报/u },
];

export const tellsOfFailure = (text: string): boolean => FAILURES.some(({ when }) => when.test(text));
