/** Marks the token of a wiki page that holds a Base; the Base's own token has to be fetched. */
export const WIKI = 'wiki:';

/** Finds a Base by its address: the token of `https://….feishu.cn/base/TOKEN?…`, or `wiki:TOKEN` of `…/wiki/TOKEN`. */
export function basePlaceIn(text: string): string | undefined {
  const found =
    /https:\/\/[\w.-]+\.(?:feishu\.cn|larksuite\.com|larkoffice\.com)\/(base|wiki)\/([A-Za-z0-9]{10,60})\b/.exec(text);
  return found ? `${found[1] === 'wiki' ? WIKI : ''}${found[2]}` : undefined;
}
