import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Running, start } from '../../src/start.ts';
import { CHROMIUM, FLAGS, seriousFaults } from '../sandbox/browser.ts';

const hasChromium = existsSync(CHROMIUM);
if (!hasChromium && process.env.REQUIRE_SERVICES) throw new Error(`no Chromium at ${CHROMIUM}`);
if (!hasChromium) console.warn(`SKIPPED LOUDLY: no Chromium at ${CHROMIUM}, the whole program's sandbox is not tested`);

/** Enough for a month of school mornings on a busy machine. */
const PATIENCE = 120_000;
const STARTED = Temporal.ZonedDateTime.from('2026-11-20T15:00+08:00[Asia/Shanghai]').epochMilliseconds;

/** What `npm start` runs, on a Friday of the demo's first term, seen only through the page. */
describe.skipIf(!hasChromium)('the sandbox of the whole program in Chromium', { timeout: PATIENCE }, () => {
  const data = mkdtempSync(join(tmpdir(), 'jiedui-e2e-'));
  const wrong: string[] = [];
  let running: Running;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const read = readConfig({ PORT: '0', DATA_DIR: data, LOG_LEVEL: 'error' });
    if ('problems' in read) throw new Error(read.problems.join('\n'));
    const since = performance.now();
    running = await start(
      read.config,
      () => {},
      () => Math.round(STARTED + performance.now() - since),
    );
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: 'zh-CN' });
    page = await context.newPage();
    page.setDefaultTimeout(PATIENCE / 2);
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
    await page.goto(running.sandboxUrl!);
  }, PATIENCE);
  afterAll(async () => {
    await browser?.close();
    await running?.stop();
    rmSync(data, { recursive: true, force: true });
    expect(wrong).toEqual([]);
  }, PATIENCE);

  const be = (name: string) => page.locator('.people').getByRole('button', { name }).click();
  const type = async (text: string) => {
    await page.getByRole('textbox', { name: /发消息给/ }).fill(text);
    await page.keyboard.press('Enter');
  };
  const card = (title: string | RegExp) => page.getByRole('article', { name: title });
  const recorded = () => page.getByRole('article').filter({ hasText: '已记录' });
  const step = async (name: string) => {
    const chip = page.locator('.guide').getByRole('button', { name });
    await chip.click();
    await chip.filter({ hasText: '✓' }).waitFor();
  };
  const day = () => page.locator('.clock b').textContent();

  test('the guided minute: five clicks, each with a visible result', async () => {
    await step('一句话上报');
    const report = recorded().first();
    await report.getByText('11月19日 周四').waitFor();
    await report.getByText('1/2次').first().waitFor();
    await step('一次报两件事');
    const two = card('已记录 2 项');
    await two.getByText('送教上课').first().waitFor();
    await two.getByText('听课评课').first().waitFor();
    await two.getByText('授课 周丽华').waitFor();
    await step('撤回');
    await card('已撤回').getByText('已撤回 听课评课').first().waitFor();
    // The answered card is redrawn as well.
    await two.waitFor({ state: 'detached' });
    expect(await recorded().count()).toBe(1);
    await step('下月汇总');
    expect(await day()).toBe('2026年12月1日星期二');
    const digest = card(/\d+ 件事/).last();
    await digest.getByText(/本月还有 \d+ 项/).click();
    await digest.getByText('每两周谈话').first().waitFor();
    await step('领导周报');
    const weekly = card(/^进度 \d+%/);
    await weekly.getByText(/周报 11月2/).waitFor();
    await weekly.getByText(/按任务 \d+ 项/).click();
    await weekly.getByText('每两周谈话').first().waitFor();
    await weekly.locator('[data-drawn] canvas').waitFor();
    expect(await weekly.getByText(/小杰|小雨|小岩/).count()).toBe(0);
    expect(await page.locator('.chip.done').count()).toBe(5);
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('a form: 修改 is prefilled, and the card shows what was saved', async () => {
    await be('李晓梅');
    await type('今天到万佑上了一节八年级数学');
    const record = recorded();
    await record.getByRole('button', { name: '修改' }).click();
    const form = card(/^修改记录/);
    const grade = form.getByLabel('年级');
    expect(await grade.inputValue()).toBe('八年级');
    await grade.fill('九年级');
    expect(await seriousFaults(page)).toEqual([]);
    await form.getByRole('button', { name: '保存' }).click();
    await record.getByText('九年级数学').waitFor();
  });

  test('an undo on the card, and back', async () => {
    await be('李晓梅');
    await recorded().getByRole('button', { name: '撤回' }).click();
    await card('已撤回').getByRole('button', { name: '恢复' }).click();
    await recorded().getByText('九年级数学').waitFor();
  });

  test('an action that affects many people asks first', async () => {
    await be('赵思敏');
    await type('逾期');
    await page.getByRole('button', { name: '全部催办' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '全部催办' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.locator('.toast').first().waitFor();
  });

  test('a group: the bot answers only when it is mentioned', async () => {
    await page.getByRole('button', { name: /结对群/ }).click();
    await page.getByLabel('发言人').selectOption({ label: '李晓梅' });
    await page.getByRole('checkbox', { name: '@结对' }).uncheck();
    await type('今天听了周老师一节课');
    await page.locator('.bubble.own').getByText('今天听了周老师一节课').waitFor();
    await page.getByRole('checkbox', { name: '@结对' }).check();
    await type('帮助');
    await page.getByRole('article').first().waitFor();
    expect(await page.locator('.message').count()).toBe(3);
    expect(await page.locator('.conversation').getByText('@_user_1').count()).toBe(0);
  });

  test('the clock: a week brings its reminders, unread', async () => {
    const unread = async () =>
      (await page.locator('.badge').allTextContents()).reduce((sum, count) => sum + Number(count), 0);
    const before = await unread();
    await page.getByRole('button', { name: '＋一周' }).click();
    await page.locator('.clock').getByText('2026年12月8日星期二').waitFor();
    await expect.poll(unread, { timeout: PATIENCE / 2 }).toBeGreaterThan(before);
  });

  test('faults: an event comes twice, a call fails; nothing is lost or duplicated, as the counts show', async () => {
    await be('周丽华');
    await page.getByRole('tab', { name: '故障' }).click();
    for (const knob of ['同一事件投递两次', '接口 500']) {
      await page.getByLabel(knob).fill('1');
      await page.keyboard.press('Tab');
    }
    await type('昨天家访了小岩');
    await recorded().waitFor();
    await page
      .locator('.totals')
      .getByText(/重复 1 · 丢失 0/)
      .waitFor();
    await page
      .locator('.totals')
      .getByText(/其中故障 1/)
      .waitFor();
    expect(await recorded().count()).toBe(1);
  });

  test('narrow and dark, nothing is wider than the phone', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.getByRole('button', { name: '人员' }).click();
    await page.getByRole('button', { name: '切换明暗' }).click();
    await be('王建业');
    await card(/^进度/).first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: '检查器' }).click();
    await page.getByRole('tab', { name: '接口' }).click();
    await page.getByText('POST /im/v1/messages').first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });
});
