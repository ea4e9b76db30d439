/**
 * Takes the pictures of the READMEs from the demo programme: `node test/sandbox/pictures.ts [DIR]`, docs/img unless
 * told otherwise. Needs Chromium; nothing outside this machine is reached.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { start } from '../../src/start.ts';
import { CHROMIUM, FLAGS } from './browser.ts';

const dir = process.argv[2] ?? 'docs/img';
const data = mkdtempSync(join(tmpdir(), 'jiedui-pictures-'));
mkdirSync(dir, { recursive: true });

const read = readConfig({ PORT: '0', DATA_DIR: data, LOG_LEVEL: 'error' });
if ('problems' in read) throw new Error(read.problems.join('\n'));
const running = await start(read.config, () => {});
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(running.sandboxUrl ?? '');
  const step = (n: number) => page.locator('.chip').nth(n).click();
  const cards = (n: number) => page.getByRole('article').nth(n).waitFor();

  await step(0);
  await cards(0);
  await shoot(page, 'report');
  await step(1);
  await cards(1);
  await page.getByRole('tab', { name: '卡片' }).click();
  await shoot(page, 'two-at-once');
  await page.getByRole('article').last().getByRole('button', { name: '修改' }).first().click();
  await page.locator('.form').waitFor();
  await shoot(page, 'form');
  await step(4);
  await cards(0);
  await page.getByRole('tab', { name: '接口' }).click();
  await page.getByRole('button', { name: '切换明暗' }).click();
  await shoot(page, 'weekly-dark');
  await page.setViewportSize({ width: 390, height: 800 });
  await shoot(page, 'phone');
} finally {
  await browser.close();
  await running.stop();
  rmSync(data, { recursive: true, force: true });
}

/** Waits until nothing moves any more: charts drawn, toasts gone, pictures loaded. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.locator('.toast').first().waitFor({ state: 'detached' });
  await page.waitForFunction('[...document.querySelectorAll(".chart-box")].every((box) => box.dataset.drawn)');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(dir, `${name}.png`) });
  process.stdout.write(`${join(dir, `${name}.png`)}\n`);
}
