/**
 * `npm run pictures [-- DIR]` takes the READMEs' pictures and film from the demo programme, into docs/img by default. Needs Chromium
 * and reaches nothing outside this machine. Always plays the same day, so that a picture differs only if the page does.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import writeXlsxFile from 'write-excel-file/node';
import { readConfig } from '../../src/config.ts';
import { start } from '../../src/start.ts';
import { CHROMIUM, FLAGS } from './browser.ts';
import { shot, still, takeFilm } from './film.ts';
import { takeWeek } from './week.ts';

/** Small enough for a README that is read on phones. */
const AT_MOST_BYTES = 100_000;

const PLAN = join(import.meta.dirname, '../drafting/documents/district.txt');
const dir = process.argv[2] ?? 'docs/img';
mkdirSync(dir, { recursive: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, '--lang=zh-CN'] });
try {
  await onDemo((url) => takeFilm(browser, url, dir));
  await onDemo(takePictures);
  await onDemo((url) => takeWeek(browser, url, dir));
} finally {
  await browser.close();
}

/** Runs on a fresh sandbox with the demo programme, always on the same Friday. */
async function onDemo(run: (url: string) => Promise<void>): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'jiedui-pictures-'));
  const read = readConfig({ PORT: '0', DATA_DIR: data, LOG_LEVEL: 'error' });
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  const friday = Temporal.ZonedDateTime.from('2026-11-20T15:00+08:00[Asia/Shanghai]').epochMilliseconds;
  const since = performance.now();
  const running = await start(
    read.config,
    () => {},
    () => Math.round(friday + performance.now() - since),
  );
  try {
    await run(running.sandboxUrl ?? '');
  } finally {
    await running.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function takePictures(url: string): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1120, height: 720 }, locale: 'zh-CN' });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(url);
  const step = async (n: number) => {
    await page.locator('.chip').nth(n).click();
    await page.locator('.chip.done').nth(n).waitFor();
  };
  const last = () => page.getByRole('article').last();

  await step(0);
  await page.getByText('计入任务').waitFor();
  await shoot(page, 'report', last());
  await step(1);
  await page.getByRole('article', { name: '已记录 2 项' }).getByRole('button', { name: '修改' }).first().click();
  await page.locator('.form').waitFor();
  await page.getByRole('tab', { name: '卡片' }).click();
  await shoot(page, 'form', last());
  await page.getByRole('button', { name: '返回' }).click();
  await step(2);
  await step(3);
  await page.getByRole('tab', { name: '接口' }).click();
  await shoot(page, 'digest', last());
  await step(4);
  await page.locator('[data-drawn] canvas').waitFor();
  await page.getByRole('tab', { name: '故障' }).click();
  await shoot(page, 'weekly', page.locator('.chart'));
  await page.getByRole('button', { name: '切换明暗' }).click();
  await page.setViewportSize({ width: 390, height: 720 });
  await shoot(page, 'phone-dark', last());
  await page.setViewportSize({ width: 1120, height: 720 });
  await page.getByRole('button', { name: '切换明暗' }).click();
  const sends = async (who: string, name: string, buffer: Buffer, title: string) => {
    await page
      .getByRole('button', { name: new RegExp(who) })
      .first()
      .click();
    await page.getByLabel('文件', { exact: true }).setInputFiles({ name, mimeType: '', buffer });
    await page.getByRole('article', { name: title }).waitFor();
    await page.setViewportSize({ width: 390, height: 720 });
  };
  await sends('杨一帆', '花名册.xlsx', await schoolList(), '导入预览');
  await shoot(page, 'school-list', page.getByRole('article', { name: '导入预览' }));
  await page.setViewportSize({ width: 1120, height: 720 });
  await sends('刘洪涛', '清河区方案.txt', readFileSync(PLAN), '方案草稿');
  await shoot(page, 'plan-draft', page.getByRole('article', { name: '方案草稿' }));
}

/** A staff list as a school keeps it, with some extra columns. */
function schoolList(): Promise<Buffer> {
  const data = [
    ['2026年秋季教职工花名册'],
    ['序号', '姓名', '性别', '职务', '联系电话', '职称'],
    [1, '吴越', '女', '班主任', '13900000021', '一级教师'],
    [2, '郑晓东', '男', '语文教师', '13900000022', ''],
    [3, '孙立', '男', '门卫', '', ''],
    [4, '', '女', '教师', '', ''],
    ['合计', '', '', '4人', '', ''],
  ];
  return writeXlsxFile([{ sheet: '语文组', data }]).toBuffer();
}

/** Waits until the page is still, and shows the element from its top. */
async function shoot(page: Page, name: string, what: Locator): Promise<void> {
  await still(page);
  await page.mouse.move(0, 0);
  await what.evaluate((node) => node.scrollIntoView({ block: 'start' }));
  const picture = await shot(page, 85);
  const path = join(dir, `${name}.webp`);
  writeFileSync(path, picture);
  process.stdout.write(`${path} ${picture.length} bytes\n`);
  if (picture.length > AT_MOST_BYTES) throw new Error(`${path} is larger than ${AT_MOST_BYTES} bytes`);
}
