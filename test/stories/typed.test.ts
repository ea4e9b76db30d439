/** What a teacher types for one activity, compared with the contents of three forms. The READMEs quote these figures. */
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type World, world } from '../support/world.ts';

const SENTENCE = '昨天到万佑上了一节七年级语文';

test('one sentence fills a ledger, an archive and a term’s summary, as both READMEs say', {
  timeout: 60_000,
}, async () => {
  const w = await world();
  // So that the forms already have their headings.
  await w.says('陈志远', '前天到万佑上了一节八年级语文');
  const before = await forms(w);
  await w.says('陈志远', SENTENCE);
  const after = await forms(w);
  const cells = after.flatMap((form, i) => added(before[i]!, form)).filter((cell) => !BY_ITSELF.test(cell));
  const figures = { typed: [...SENTENCE].length, cells: cells.length, characters: cells.join('').length };
  console.info(`${JSON.stringify(figures)} ${cells.join(' | ')}`);
  const { typed, cells: many, characters } = figures;
  expect(readFileSync('README.md', 'utf8').replace(/\s+/g, ' ')).toContain(
    `**${typed} characters and one tap** instead of ${many} cells with ${characters} characters`,
  );
  expect(readFileSync('README.zh-CN.md', 'utf8').replace(/\s+/g, '')).toContain(
    `**${typed}个字、按一下发送**，代替${many}格、${characters}个字`,
  );
  await w.close();
});

/** Columns a form would not ask a teacher for: an id, and the time of the report. */
const BY_ITSELF = /^(?:[\da-f]{8}-[\da-f-]{27}|\d{4}-\d{2}-\d{2} \d{2}:\d{2})$/;

/** The cells of three forms: the coordinator's ledger, the teacher's archive and the teacher's summary of the term. */
async function forms(w: World): Promise<string[][]> {
  const ledger = await fileFor(w, '赵思敏', '导出台账');
  const archive = unzipSync(await fileFor(w, '陈志远', '建档'));
  const summary = await fileFor(w, '陈志远', '写一份本学期总结');
  const documents = Object.entries(archive).filter(([name]) => name.endsWith('.docx'));
  return [ledger, ...documents.map(([, bytes]) => bytes), summary].map(cellsOf);
}

async function fileFor(w: World, name: string, text: string): Promise<Uint8Array> {
  const files = () => w.inbox(name).filter((m) => m.msgType === 'file');
  const n = files().length;
  await w.says(name, text);
  await expect.poll(() => files().length, { timeout: 20_000 }).toBe(n + 1);
  const { file_key: key } = files().at(-1)!.content as { file_key: string };
  return new Uint8Array(await (await fetch(`${w.sandbox.url}/_sandbox/upload/${key}`)).arrayBuffer());
}

/** The texts of a workbook's cells or a document's paragraphs. */
function cellsOf(bytes: Uint8Array): string[] {
  const files = unzipSync(bytes);
  const pages = Object.entries(files).filter(([name]) =>
    /^(?:word\/document|xl\/worksheets\/\w+|xl\/sharedStrings)\.xml$/.test(name),
  );
  const xml = pages.map(([, page]) => strFromU8(page)).join('');
  return [...xml.matchAll(/<(?:w:p|c|si)[ >].*?<\/(?:w:p|c|si)>/gs)]
    .map((m) => m[0].replace(/<[^>]+>/g, ''))
    .filter(Boolean);
}

/** New cells. */
function added(before: string[], after: string[]): string[] {
  const unmatched = Map.groupBy(before, (cell) => cell);
  return after.filter((cell) => !unmatched.get(cell)?.pop());
}
