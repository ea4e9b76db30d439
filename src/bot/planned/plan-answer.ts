/** How people answer when asked what became of a plan. Pure. */

/** Openings of an answer to 「做了吗？」; anything else that names no activity is small talk. Longest first. */
const BEGINNINGS = {
  kept: `去过 去了 做完 做了 办完 办了 搞完 搞定 完成 上完 上了 讲了 听完 听了 谈了 聊了 开完 开了 送去 送到 送了 交了 家访了`,
  failed: `没有去 没去 没有做 没做 没办 没上 没听 没讲 没谈 没开 没送 没交 没成 没能 未能 没搞 没来得及 去不了 去不成 取消 不去了`,
  moved: `改到 改期 改成 改在 推迟 推到 延期 延到 延后 挪到 顺延`,
};

const POLITE = /^(?:是的|是|对|嗯+|好的?|已经?|都|昨天|昨日|哦|噢|[，,。.！!、\s])+/;
/** Filler that may follow without adding meaning. */
const FILLING = /^(?:了|过|的|啊|呀|哦|趟|一趟|一次|都|一切|很|挺|顺利|不错|好|谢谢|老师|您|[，,。.！!~～、\s])*$/;

export interface PlanAnswer {
  outcome: keyof typeof BEGINNINGS;
  /** The answer without polite filler. */
  words: string;
  /** Whether the rest adds no meaning. */
  bare: boolean;
}

/** What a message may say became of a plan; undefined if it is about something else. */
export function planAnswerIn(text: string): PlanAnswer | undefined {
  const words = text.normalize('NFKC').replace(POLITE, '');
  for (const outcome of ['kept', 'failed', 'moved'] as const) {
    const begin = BEGINNINGS[outcome].split(' ').find((word) => words.startsWith(word));
    if (begin) return { outcome, words, bare: FILLING.test(words.slice(begin.length)) };
  }
  return undefined;
}

/** 「没去成，下雨了」: the text after the first pause. */
export const reasonIn = (words: string): string =>
  words
    .split(/[,，。;；、\s]/)
    .slice(1)
    .join('，')
    .slice(0, 200);
