import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { animatedWebp } from './animated-webp.ts';

const still = readFileSync('docs/img/report.webp');
const name = (file: Buffer, at: number) => file.toString('latin1', at, at + 4);

test('stills become the frames of one file, each with its duration', () => {
  const film = animatedWebp(
    [120, 3_500].map((ms) => ({ webp: still, ms })),
    { width: 1120, height: 720 },
  );
  expect([name(film, 0), name(film, 8), film.readUInt32LE(4)]).toEqual(['RIFF', 'WEBP', film.length - 8]);
  const chunks: [string, number | undefined][] = [];
  for (let at = 12; at < film.length; ) {
    const size = film.readUInt32LE(at + 4);
    const kind = name(film, at);
    chunks.push([kind, kind === 'ANMF' ? film.readUIntLE(at + 8 + 12, 3) : undefined]);
    if (kind === 'ANMF') expect(name(film, at + 8 + 16)).toBe('VP8 ');
    at += 8 + size + (size % 2);
  }
  expect(chunks).toEqual([
    ['VP8X', undefined],
    ['ANIM', undefined],
    ['ANMF', 120],
    ['ANMF', 3_500],
  ]);
});

test('a file without a picture is refused', () => {
  expect(() => animatedWebp([{ webp: Buffer.from('RIFF....WEBP'), ms: 1 }], { width: 1, height: 1 })).toThrow(
    'no picture',
  );
});
