const COPIES =
  /[(（]?(?:(?:纸质|文本|书面)(?:版|稿|件|文件)?|一式|复印(?:件)?|打印(?:稿|件)?)+了?(?:各)?(?:一式)?[\d一二两三四五六七八九十]+份[)）]?/gu;

/** 总结一式两份: copies of one paper are no second piece, so their number is left out, in as many signs. */
export const withoutCopies = (text: string): string => text.replace(COPIES, (copies) => ' '.repeat(copies.length));
