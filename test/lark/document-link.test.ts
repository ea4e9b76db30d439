import { expect, it } from 'vitest';
import { documentLinks, withoutLinks } from '../../src/lark/document-link.ts';
import { readContent } from '../../src/lark/message.ts';

const DOC = 'https://abc.feishu.cn/docx/Ab12Cd34';

it.each([
  [DOC, [DOC]],
  [`见 ${DOC}?from=from_copylink#part-2。`, [DOC]],
  [`${DOC} 和 ${DOC}`, [DOC]],
  [
    'https://x-y.larksuite.com/wiki/T1 https://feishu.cn/file/T2',
    ['https://x-y.larksuite.com/wiki/T1', 'https://feishu.cn/file/T2'],
  ],
  ['https://abc.feishu.cn.evil.example/docx/Ab12', []],
  ['https://evilfeishu.cn/docx/Ab12', []],
  ['http://abc.feishu.cn/docx/Ab12', []],
  ['https://abc.feishu.cn/admin/Ab12', []],
  ['https://evil.example/?u=https.feishu.cn/docx/a', []],
])('finds the documents in %s', (text, links) => {
  expect(documentLinks(text)).toEqual(links);
});

it('leaves the words around a link', () => {
  expect(withoutLinks(`昨天听了一节课，记录 ${DOC}?from=x 。`)).toBe('昨天听了一节课，记录   。');
  expect(withoutLinks(DOC)).toBe('');
});

it('finds the link behind a document’s title in rich text', () => {
  const link = { tag: 'a', text: '九月送教总结', href: DOC };
  const other = { tag: 'a', text: '官网', href: 'https://evil.example' };
  const read = readContent('post', JSON.stringify({ content: [[link, other]] }), []);
  expect(read).toMatchObject({ kind: 'post', text: `${DOC} 官网` });
});
