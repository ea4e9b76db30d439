import type { ActivityKind } from '../../plan/activity.ts';
import type { Token } from '../tokens/tokens.ts';

/** Words that may stand beside an answer without adding to it: apologies, what was asked for, hedges, particles. */
const WORDS = `
  不好意思 抱歉 对不起 忘写了 忘说了 忘了写 忘了说 刚忘了 我忘了 没写清楚 没说清楚
  补充一下 补充 回复 回答 答 时间 日期 地点 学校 学生 次数 节数 人员 那天 当天
  我记得 我想 想起来了 记得 没记错 没错 应该 大概 可能 差不多 估计
  老师 同学 小朋友 他们几个 他们俩 他们 她们 几个 两个人 两个 三个 俩人 俩 仨 人
  上去 去的 上的 听的 讲的 做的 谈的 家访的 说的 打的 送的 弄的 搞的 的课 的时候
  那边 那里 那儿 那所 那个 这边 这里 这个 这回 那次 那回 那 这
  上午 中午 下午 晚上 早上 傍晚 上 下
  是在 是到 就是 就在 都是 都有 还是 也是 是的 是 就 都 也 还有 一共 总共 共 合计
  好的 对的 对 嗯嗯 嗯 哦 噢 喔 额 呃 啊 呀 吧 哈 呢 嘛 哇 的 了 过 得
  只有 名字是 当然 自己 一个人 谢谢 谢谢您 麻烦了 辛苦了 您好 你好 请记 记一下 写 算 按
  我们 我 在 到 去 和 跟 与 同 及 还 给 一起 分别 各 整整 正好 只 就这 而已`;
const PADDING = new RegExp(
  WORDS.trim()
    .split(/\s+/u)
    .sort((a, b) => b.length - a.length)
    .join('|'),
  'gu',
);
const SIGNS = /[\s\p{P}\p{S}\p{Cf}]+/gu;
const ASKS_OR_DENIES = /[?？吗+]|不|没|别|未|还是|哪|谁|或者|要不|如果|明天|后天|下周|下个?月|到了[。!！~]*$/u;

/**
 * Whether a text is only an answer: outside the tokens in `used`, it may hold nothing but padding. A sentence that merely
 * contains a date, such as 「他们学校昨天停电」, is not one (DESIGN section 5, *What an open card takes*).
 */
export function isBare(text: string, used: Token[], kind: ActivityKind | 'same_as_last'): boolean {
  let left = text;
  for (const { start, end } of used) left = left.slice(0, start) + '\u0000'.repeat(end - start) + left.slice(end);
  left = left.replaceAll('\u0000', '');
  left = left.replace(/不好意思|没错|没记错|没写清楚|没说清楚/gu, '');
  if (ASKS_OR_DENIES.test(left)) return false;
  return (
    left
      .replace(OWN_WORDS[kind] ?? /$^/u, '')
      .replace(SIGNS, '')
      .replace(PADDING, '')
      .replace(SIGNS, '') === ''
  );
}

/** The words with which an answer may repeat the subject of the question (「昨天听的课」). */
const OWN_WORDS: Partial<Record<ActivityKind | 'same_as_last', RegExp>> = {
  demo_lesson: /送教|上课|示范课|公开课|课/gu,
  observe: /听课|听评课|课/gu,
  home_visit: /家访|走访|家里|家|上门|打电话|电话|打/gu,
  talk: /谈话|谈心|聊天|聊|谈/gu,
  study_guidance: /学习方法指导|学法指导|指导|辅导/gu,
  lecture: /讲座|讲/gu,
  donation: /捐赠|捐|送/gu,
  joint_prep: /集体备课|备课/gu,
  training: /培训/gu,
  exchange: /交流/gu,
  meeting: /开会|座谈会|家长会|会/gu,
};
