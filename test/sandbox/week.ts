/** A week's chats of a teacher, a coordinator and a head on a phone, each as one tall picture. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { shot } from './film.ts';

/** The messages from Monday to Friday; cards also wait for people who write nothing. */
const WEEK: { name: string; says: string }[][] = [
  [
    { name: '陈志远', says: '这周我都要干啥' },
    { name: '陈志远', says: '今天中午跟小雨聊了二十来分钟，说说月考的事' },
    { name: '赵思敏', says: '上周谁没报' },
    { name: '王建业', says: '最近怎么样' },
  ],
  [
    { name: '陈志远', says: '周四去万佑听周丽华的课' },
    { name: '陈志远', says: '电话算家访吗' },
    { name: '赵思敏', says: '催一下陈志远' },
  ],
  [
    { name: '陈志远', says: '昨晚给小雨妈妈打了电话，电话家访' },
    { name: '陈志远', says: '下周一要去培训，请假三天' },
    { name: '赵思敏', says: '同意' },
    { name: '王建业', says: '陈志远最近怎么样' },
  ],
  [
    { name: '陈志远', says: '今天到万佑听了周丽华一节作文课，课后评了课' },
    { name: '陈志远', says: '李晓梅也去了' },
    { name: '陈志远', says: '这个为什么没算' },
  ],
  [
    { name: '陈志远', says: '小雨家太远了，周末去不了' },
    { name: '赵思敏', says: '陈志远的家访免了，塌方' },
    { name: '赵思敏', says: '确认' },
    { name: '赵思敏', says: '周报' },
    { name: '王建业', says: '上了几次课' },
    { name: '王建业', says: '谁做得最好' },
  ],
];
const WHO = { 陈志远: 'week-teacher', 赵思敏: 'week-coordinator', 王建业: 'week-head' };
/** From the Friday on which the demo begins. */
const DAYS_TO_MONDAY = 3;
const ANSWERED_MS = 600;
const WIDTH = 390;
/** The most rows of a WebP picture. */
const TALLEST = 16_000;
const AT_MOST_BYTES = 100_000;
/** A fixed wait, because a folded chart is never drawn. */
const SETTLES_MS = 1_500;

export async function takeWeek(browser: Browser, url: string, dir: string): Promise<void> {
  const page = await (await browser.newContext({ viewport: { width: 1120, height: 720 }, locale: 'zh-CN' })).newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  const post = (path: string, body: object) =>
    page.evaluate(
      async ([to, sent]) => {
        const headers = { 'content-type': 'application/json' };
        const answered = await fetch(`/_sandbox${to}`, { method: 'POST', headers, body: JSON.stringify(sent) });
        if (!answered.ok) throw new Error(`${to}: ${await answered.text()}`);
      },
      [path, body] as const,
    );
  const { people } = (await page.evaluate('fetch("/_sandbox/state").then((r) => r.json())')) as {
    people: { openId: string; name: string }[];
  };
  const idOf = (name: string) => people.find((p) => p.name === name)!.openId;
  // Opens and greets in each chat before the week begins.
  for (const name of Object.keys(WHO)) {
    await page
      .getByRole('button', { name: new RegExp(name) })
      .first()
      .click();
    await page.locator('.messages article').last().waitFor();
  }
  for (let day = 0; day < DAYS_TO_MONDAY; day++) await post('/advance', { by: 'day' });
  for (const [n, day] of WEEK.entries()) {
    if (n > 0) await post('/advance', { by: 'day' });
    for (const { name, says } of day) {
      await post('/say', { person: idOf(name), text: says });
      await page.waitForTimeout(ANSWERED_MS);
    }
  }
  for (const [name, file] of Object.entries(WHO)) {
    await page.setViewportSize({ width: 1120, height: 720 });
    const row = page.getByRole('button', { name: new RegExp(name) });
    await row.first().click();
    await page.locator('.messages article').last().waitFor();
    await page.setViewportSize({ width: WIDTH, height: 720 });
    // Charts are drawn only when they are in view.
    const height = (await page.evaluate('document.querySelector(".messages").scrollHeight + 320')) as number;
    await page.setViewportSize({ width: WIDTH, height: Math.min(TALLEST, height) });
    await page.waitForTimeout(SETTLES_MS);
    // Text stays legible at each of these.
    for (const quality of [70, 45, 25, 10]) {
      const picture = await shot(page, quality);
      if (picture.length > AT_MOST_BYTES) continue;
      const path = join(dir, `${file}.webp`);
      writeFileSync(path, picture);
      process.stdout.write(`${path} ${picture.length} bytes\n`);
      break;
    }
  }
}
