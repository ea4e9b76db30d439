/** Joins WebP pictures, as Chromium takes them, into one animated file. */

export interface Frame {
  webp: Uint8Array;
  ms: number;
}

const chunk = (name: string, data: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
};

const u24 = (n: number): number[] => [n & 0xff, (n >> 8) & 0xff, (n >> 16) & 0xff];

/** The chunk of the picture itself: `VP8 `, or `VP8L` if it is lossless. */
function pictureOf(webp: Uint8Array): Buffer {
  const file = Buffer.from(webp);
  for (let at = 12; at + 8 <= file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    if (name === 'VP8 ' || name === 'VP8L') return chunk(name, file.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  throw new Error('no picture in this WebP');
}

/** Repeats for ever; every frame has the full size. */
export function animatedWebp(frames: Frame[], { width, height }: { width: number; height: number }): Buffer {
  const size = [...u24(width - 1), ...u24(height - 1)];
  const animated = 0x02;
  const body = Buffer.concat([
    chunk('VP8X', Uint8Array.from([animated, 0, 0, 0, ...size])),
    chunk('ANIM', Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0, 0])),
    // A frame begins at 0, 0 and covers the one before it.
    ...frames.map(({ webp, ms }) =>
      chunk('ANMF', Buffer.concat([Uint8Array.from([0, 0, 0, 0, 0, 0, ...size, ...u24(ms), 0x02]), pictureOf(webp)])),
    ),
  ]);
  return Buffer.concat([chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), body]))]);
}
