import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textsOf } from '../../src/cards/texts/index.ts';

/** Every Chinese sentence in plan's own source, with something in place of what is filled in. */
const said = ['credit', 'measures', 'standing'].flatMap((name) => {
  const source = readFileSync(new URL(`../../src/plan/${name}.ts`, import.meta.url), 'utf8').replace(
    /\/\*[\s\S]*?\*\//g,
    '',
  );
  return [...source.matchAll(/'([^'\n]*)'|`([^`\n]*)`/g)]
    .map(([, plain, filled]) => plain ?? filled!.replace(/\$\{[^}]*\}/g, 'X'))
    .filter((text) => /\p{Script=Han}/u.test(text) && !text.includes('${') && text !== '或');
});

describe('the reasons that plan gives', () => {
  it('are many', () => expect(said.length).toBeGreaterThan(25));

  it.each(said)('%s is said in English to who reads English', (text) => {
    expect(textsOf('en-US').why.reason(text)).not.toMatch(/\p{Script=Han}/u);
    expect(textsOf('zh-CN').why.reason(text)).toBe(text);
  });

  it.each([
    ['还有 3 天：应在 2026-11-22 前做到 1/1，现为 0/1', '3 days left: 1/1 due by 2026-11-22, now 0/1'],
    ['今天：应在 2026-11-22 前做到 1/2，现为 0/2', 'today: 1/2 due by 2026-11-22, now 0/2'],
    ['2026-10-31 已截止，完成 0/1', 'ended on 2026-10-31, done 0/1'],
  ])('%s', (zh, en) => expect(textsOf('en-US').why.reason(zh)).toBe(en));
});
