/** The first minute on a phone, as an animated picture: a sentence is typed, sent and answered, and its effects follow. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { animatedWebp, type Frame } from './animated-webp.ts';

const SIZE = { width: 390, height: 660 };
/** Keeps the film sharp on high-density screens. */
const SCALE = 2;
const SENTENCE = '昨天到万佑上了一节七年级语文';
const AT_MOST_BYTES = 1_000_000;

export async function takeFilm(browser: Browser, url: string, dir: string): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, deviceScaleFactor: SCALE, locale: 'zh-CN' });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  const frames: Frame[] = [];
  const cut = async (ms: number) => void frames.push({ webp: await shot(page, 80, SCALE), ms });
  /** Shows the card, from its top or its end. */
  const shows = async (card: Locator, ms: number, block: 'start' | 'end' = 'start') => {
    await card.waitFor();
    await still(page);
    await card.evaluate((node, at) => node.scrollIntoView({ block: at }), block);
    await cut(ms);
  };
  const cardWith = (text: string | RegExp) => page.getByRole('article').filter({ hasText: text }).last();
  const step = async (n: number) => {
    await page.locator('.chip').nth(n).click();
    await page
      .locator('.chip.done')
      .nth(n - 1)
      .waitFor();
  };

  await page.locator('.chip').first().waitFor();
  await cut(1_200);
  const box = page.getByRole('textbox');
  for (let at = 2; at <= SENTENCE.length; at += 2) {
    await box.fill(SENTENCE.slice(0, at));
    await cut(at === SENTENCE.length ? 700 : 120);
  }
  await page.getByRole('button', { name: '发送', exact: true }).click();
  await shows(cardWith('计入任务'), 3_500, 'end');
  await step(1);
  await shows(cardWith('已记录 2 项'), 3_500);
  await step(2);
  await shows(cardWith('已撤回'), 3_000, 'end');
  await step(3);
  await shows(cardWith(/月有 \d+ 件事/), 4_000);
  await step(4);
  await shows(page.getByRole('article').filter({ has: page.locator('[data-drawn] canvas') }), 4_500);
  await context.close();

  const film = animatedWebp(frames, { width: SIZE.width * SCALE, height: SIZE.height * SCALE });
  const path = join(dir, 'first-minute.webp');
  writeFileSync(path, film);
  process.stdout.write(`${path} ${frames.length} frames, ${film.length} bytes\n`);
  if (film.length > AT_MOST_BYTES) throw new Error(`${path} is larger than ${AT_MOST_BYTES} bytes`);
}

/** Waits until the page is still: charts drawn, toasts gone. */
export async function still(page: Page): Promise<void> {
  await page.locator('.toast').first().waitFor({ state: 'detached' });
  await page.waitForFunction('[...document.querySelectorAll(".chart-box")].every((box) => box.dataset.drawn)');
}

/** The page as WebP, which Playwright does not write: a third of a PNG's size for such pages. */
export async function shot(page: Page, quality: number, scale = 1): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, ...page.viewportSize()!, scale };
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality, clip });
  await session.detach();
  return Buffer.from(data, 'base64');
}
