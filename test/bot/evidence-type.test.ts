import { describe, expect, it } from 'vitest';
import { evidenceType } from '../../src/bot/report/evidence-type.ts';

describe('what a photo or file is, by its bytes', () => {
  const bytes = (head: readonly number[] | string) => {
    const out = Buffer.alloc(128);
    out.set(typeof head === 'string' ? [...head].map((c) => c.charCodeAt(0)) : head);
    return out;
  };
  const wide = (text: string) => [...text].map((c) => `${c}\0`).join('');
  const zip = 'PK\x03\x04\x14\0[Content_Types].xml ';
  const ole = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
  it.each([
    ['jpg', [0xff, 0xd8, 0xff, 0xe0]],
    ['png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
    ['gif', 'GIF89a'],
    ['webp', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['heic', '\0\0\0\x18ftypheic'],
    ['bmp', 'BM\x10\0\0\0\0\0\0\0'],
    ['pdf', '%PDF-1.7'],
    ['docx', `${zip}word/document.xml`],
    ['xlsx', `${zip}xl/workbook.xml`],
    ['doc', `${ole}${wide('WordDocument')}`],
    ['xls', `${ole}${wide('Workbook')}`],
    [undefined, `${zip}word/document.xml word/vbaProject.bin`],
    [undefined, `${ole}${wide('WordDocument')}${wide('_VBA_PROJECT')}`],
    [undefined, `${zip}ppt/presentation.xml`],
    [undefined, ole],
    [undefined, '<svg xmlns="http://www.w3.org/2000/svg">'],
    [undefined, '<html><body>no picture</body></html>'],
    [undefined, 'PK\x03\x04'],
    [undefined, '\x7fELF'],
    [undefined, 'GIF'],
    [undefined, '\x89PNG\r\n\x1a\n not really one'],
    [undefined, 'RIFF\x10\0\0\0AVI LIST'],
  ] as const)('%s', (type, head) => {
    expect(evidenceType(bytes(head))).toBe(type);
  });
  it('is undefined for a file of a few bytes', () => {
    expect(evidenceType(Buffer.alloc(0))).toBeUndefined();
    expect(evidenceType(Buffer.from([0xff, 0xd8, 0xff]))).toBeUndefined();
  });
});
