/** Normalises a document's text: half-width signs, simplified characters, none of a web page's additions. */

const TRADITIONAL =
  '學学幫帮師师導导課课級级結结對对選选節节講讲訪访談谈會会議议習习訓训區区縣县鄉乡鎮镇組组織织計计劃划總总開开發发標标領领幹干長长兩两雙双時时間间個个從从實实際际報报備备動动員员單单確确認认簽签訂订協协體体員员應应須须將将每每次次與与為为參参觀观點点評评測测試试聯联檢检質质資资購购贈赠贊赞錄录檔档見见書书寫写論论題题專专辦办規规範范樣样後后萬万億亿歲岁園园網网頁页週周雜杂現现進进過过達达當当無无務务責责縣县項项類类種种條条據据據据屆届業业';
const SIMPLE = new Map<string, string>();
for (let i = 0; i + 1 < TRADITIONAL.length; i += 2) SIMPLE.set(TRADITIONAL[i]!, TRADITIONAL[i + 1]!);

/** Where the web page's own text begins after the document. */
const AFTERWARDS = /\n\s*(?:延伸阅读|温馨提示|最新文档|展开阅读全文|相关资源|相关推荐|推荐阅读|猜你喜欢|相关文章)/;

export function plainText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t]*(?:#{1,6}[ \t]|[-*][ \t]|[●○◆◇■□★☆▲△▶►•·※➢✓√])[ \t]*|\*\*/gm, '')
    // 學(xué): the pronunciation that screen readers add.
    .replace(/(?<=\p{Script=Han})\([a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,7}\)/gu, '')
    .replace(/\p{Script=Han}/gu, (sign) => SIMPLE.get(sign) ?? sign)
    .replace(/[—–−-]{1,4}(?=\d)/g, '-')
    // A Markdown table; tabs already separate cells.
    .replace(/^[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$\n?/gm, '')
    .replace(/^[ \t]*\|(.*)\|[ \t]*$/gm, (_, row: string) => row.replace(/\|/g, '\t'))
    .replace(/[ \u3000]*\t[ \u3000]*/g, '\t')
    .replace(/[ \u3000]+/g, ' ')
    .replace(/[“”„「」『』]/g, '"');
  const end = AFTERWARDS.exec(plain)?.index;
  return end === undefined || end < 500 ? plain : plain.slice(0, end);
}
