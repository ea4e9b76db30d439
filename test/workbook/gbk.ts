/** Text as a Chinese Windows saves it. Node reads GBK but does not write it: a table is built by decoding every character. */
const signs = new Map<string, [number, number]>();
const decoder = new TextDecoder('gbk');
for (let high = 0x81; high <= 0xfe; high++)
  for (let low = 0x40; low <= 0xfe; low++) {
    const sign = decoder.decode(Uint8Array.of(high, low));
    if ([...sign].length === 1 && sign !== '\ufffd' && !signs.has(sign)) signs.set(sign, [high, low]);
  }

export const gbk = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((sign) => (sign < '\x80' ? [sign.charCodeAt(0)] : signs.get(sign)!)));
