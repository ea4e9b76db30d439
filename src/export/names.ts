/** A file name that every system accepts: no separators, no control characters, no dots at the ends, at most 80 characters. */
export const safeName = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]/gu, '_')
    .replace(/\s+/g, ' ')
    .slice(0, 80)
    .toWellFormed()
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)$/i, '_$1') || '_';
