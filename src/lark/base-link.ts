/** The token in the address of a Base, `https://….feishu.cn/base/TOKEN?…`; undefined where it is none. */
export const baseTokenIn = (text: string): string | undefined =>
  /https:\/\/[\w.-]+\.(?:feishu\.cn|larksuite\.com|larkoffice\.com)\/base\/([A-Za-z0-9]{10,60})\b/.exec(text)?.[1];
