import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { button, card, handClock, sdkClient, startBed, startProduct } from './bed.ts';
import { CHROMIUM, FLAGS, seriousFaults } from './browser.ts';

const hasChromium = existsSync(CHROMIUM);
if (!hasChromium && process.env.REQUIRE_SERVICES) throw new Error(`no Chromium at ${CHROMIUM}`);
if (!hasChromium) console.warn(`SKIPPED LOUDLY: no Chromium at ${CHROMIUM}, the sandbox's page is not tested`);

const text = (content: string) => ({ tag: 'plain_text', content });
const md = (content: string) => ({ tag: 'markdown', content });
const titled = (title: string, ...elements: object[]) => ({
  ...card(...elements),
  header: {
    title: text(title),
    template: 'green',
    text_tag_list: [{ tag: 'text_tag', text: text('1/2'), color: 'green' }],
  },
});
const recorded = titled(
  '已记录',
  md('**10月8日** 示范课 <font color="orange">还差 1 节</font>'),
  button('修改', { a: 'edit' }),
  button('撤回', { a: 'undo' }, { confirm: { title: text('撤回？'), text: text('计数减一') } }),
);
const form = titled('修改', {
  tag: 'form',
  name: 'f',
  elements: [
    { tag: 'date_picker', name: 'date', initial_date: '2026-10-08', placeholder: text('日期') },
    { tag: 'input', name: 'note', label: text('备注'), default_value: '初稿' },
    {
      tag: 'select_static',
      name: 'subject',
      placeholder: text('学科'),
      required: true,
      options: ['语文', '数学'].map((one) => ({ text: text(one), value: one })),
    },
    {
      tag: 'multi_select_static',
      name: 'who',
      placeholder: text('同行'),
      options: ['甲', '乙'].map((one) => ({ text: text(one), value: one })),
    },
    { tag: 'checker', name: 'sure', checked: true, text: text('已核对') },
    { tag: 'checker', name: 'more', checked: false, text: text('还有') },
    button('保存', { a: 'save' }, { name: 'save', form_action_type: 'submit', type: 'primary_filled' }),
  ],
});
const report = titled(
  '周报',
  {
    tag: 'chart',
    chart_spec: {
      type: 'bar',
      data: { values: [1, 2, 3].map((n) => ({ week: `第${n}周`, n })) },
      xField: 'week',
      yField: 'n',
    },
  },
  {
    tag: 'table',
    page_size: 2,
    columns: [
      { name: 'who', display_name: '谁' },
      { name: 's', display_name: '状态', data_type: 'options' },
    ],
    rows: ['甲', '乙', '丙'].map((who) => ({ who, s: [{ text: '逾期', color: 'red' }] })),
  },
  { tag: 'collapsible_panel', header: { title: text('依据') }, elements: [md('条款原意')] },
  {
    tag: 'interactive_container',
    behaviors: [{ type: 'callback', value: { a: 'late' } }],
    elements: [md('查看逾期')],
  },
);

/** A minimal bot: it answers texts with cards and clicks with toasts. */
async function world() {
  const clock = handClock(Temporal.Instant.from('2026-10-09T10:00:00+08:00').epochMilliseconds);
  const clicked: Record<string, unknown>[] = [];
  const product = await startProduct(({ event }) => {
    if (event.header.event_type === 'card.action.trigger') {
      const action = event.event.action as { value: { a: string } };
      clicked.push(action);
      const toast = { type: 'success', content: `好：${action.value.a}` };
      const next = { edit: form, save: recorded, undo: titled('已撤回', md('~~示范课~~')) }[action.value.a];
      return [200, JSON.stringify(next ? { toast, card: { type: 'raw', data: next } } : { toast })];
    }
    const message = event.event.message as { chat_id: string; content: string } | undefined;
    if (message) void answer(message.chat_id, JSON.parse(message.content).text ?? '');
    return [200, '{}'];
  });
  const people = [
    { openId: 'ou_lin', name: '林晓雯', role: '教师', school: '云县民族中学' },
    { openId: 'ou_yang', name: '杨国栋', role: '校长', school: '云县民族中学' },
  ];
  const sandbox = await startBed({
    webhookUrl: product.url,
    people,
    now: clock.now,
    groups: [{ chatId: 'oc_group', name: '结对群', members: ['ou_lin', 'ou_yang'] }],
    menu: [{ key: 'mine', name: '我的任务' }],
    advance: async (ms) => {
      clock.at += ms;
      await say(sandbox.person('ou_lin').chatId, titled('月度汇总', md('十一月')));
    },
  });
  // Each message has its own client: a moved clock lets the tokens expire.
  const say = (chat: string, content: object) =>
    sdkClient(sandbox.url).im.message.create({
      params: { receive_id_type: 'chat_id' },
      data: { receive_id: chat, msg_type: 'interactive', content: JSON.stringify(content) },
    });
  const answer = (chat: string, text: string) => say(chat, text.includes('周报') ? report : recorded);
  return { sandbox, product, clicked };
}

describe.skipIf(!hasChromium)('the page in Chromium', () => {
  let browser: Browser;
  const closers: (() => Promise<unknown>)[] = [];
  const wrong: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    expect(wrong.splice(0)).toEqual([]);
  });

  async function open(size = { width: 1360, height: 860 }) {
    const everything = await world();
    const context = await browser.newContext({ viewport: size, locale: 'zh-CN', timezoneId: 'America/New_York' });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
    await page.goto(everything.sandbox.url);
    await page.getByRole('button', { name: /林晓雯/ }).waitFor();
    closers.push(everything.product.close, everything.sandbox.close, () => context.close());
    return { ...everything, page, context };
  }
  const type = async (page: Page, text: string) => {
    await page.getByRole('textbox', { name: /发消息给/ }).fill(text);
    await page.keyboard.press('Enter');
  };

  test('the guided minute: each step has a visible result', async () => {
    const { page } = await open();
    const card = (title: string) => page.getByRole('article', { name: title });
    await page.getByRole('button', { name: '一句话上报' }).click();
    await card('已记录').waitFor();
    await page.getByRole('button', { name: '一次报两件事' }).click();
    await card('已记录').nth(1).waitFor();
    await page.getByRole('button', { name: '撤回', exact: true }).first().waitFor();
    await page.locator('.guide').getByRole('button', { name: '撤回' }).click();
    await card('已记录').nth(2).waitFor();
    await page.getByRole('button', { name: '下月汇总' }).click();
    await card('月度汇总').waitFor();
    await page.getByText('2026年11月2日').waitFor();
    await page.getByRole('button', { name: '领导周报' }).click();
    await card('周报').waitFor();
    await page.locator('[data-drawn] canvas').waitFor();
    expect(await page.getByText('以 杨国栋 的身份').count()).toBe(1);
    expect(await page.locator('.chip.done').count()).toBe(5);
  });

  test('an undo asks first, shows its toast, and the card changes', async () => {
    const { page, clicked } = await open();
    await type(page, '昨天上了一节课');
    const undo = page.getByRole('article').getByRole('button', { name: '撤回' });
    await undo.click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    expect(clicked).toEqual([]);
    await undo.click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByRole('status').getByText('好：undo').waitFor();
    await page.getByRole('article', { name: '已撤回' }).waitFor();
    expect(await page.locator('del').textContent()).toBe('示范课');
  });

  test('a form keeps its prefilled values, insists on required fields, and sends the chosen ones', async () => {
    const { page, clicked } = await open();
    await type(page, '昨天上了一节课');
    await page.getByRole('article').getByRole('button', { name: '修改' }).click();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('alert').getByText('必填').waitFor();
    expect(clicked).toHaveLength(1);
    await page.getByRole('combobox', { name: '学科' }).selectOption('数学');
    await page.getByLabel('备注').fill('定稿');
    await page.locator('.many summary').click();
    await page.getByRole('checkbox', { name: '乙' }).check();
    await page.getByLabel('还有').check();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('status').getByText('好：save').waitFor();
    expect(clicked[1]).toMatchObject({
      form_value: { date: '2026-10-08 +0800', note: '定稿', subject: '数学', who: ['乙'], sure: true, more: true },
    });
  });

  test('a chart is drawn, a table turns its page, a panel opens, the keyboard presses a container', async () => {
    const { page, clicked } = await open();
    await type(page, '周报');
    await page.locator('[data-drawn] canvas').waitFor();
    expect(await page.getByRole('img', { name: /第3周 3/ }).count()).toBe(1);
    expect(await page.getByRole('cell', { name: '丙' }).count()).toBe(0);
    await page.getByRole('button', { name: '下一页' }).click();
    await page.getByRole('cell', { name: '丙' }).waitFor();
    await page.getByText('依据').click();
    await page.getByText('条款原意').waitFor();
    await page.getByRole('button', { name: '查看逾期' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('好：late').waitFor();
    expect(clicked).toMatchObject([{ tag: 'interactive_container', value: { a: 'late' } }]);
  });

  test('in a group the speaker is chosen and the mention is sent', async () => {
    const { page, product } = await open();
    await page.getByRole('button', { name: /结对群/ }).click();
    await page.getByLabel('发言人').selectOption('ou_yang');
    await type(page, '周报');
    await page.getByRole('article', { name: '周报' }).waitFor();
    expect(product.seen.at(-1)?.event.event).toMatchObject({
      sender: { sender_id: { open_id: 'ou_yang' } },
      message: { chat_type: 'group', content: '{"text":"@_user_1 周报"}' },
    });
  });

  test('a mention shows the displayed name, and an emoji appears under its message', async () => {
    const { page, product, sandbox } = await open();
    await type(page, '昨天和@杨国栋 听了一节课');
    await page.locator('.bubble.own .at', { hasText: '@杨国栋' }).waitFor();
    const { message } = product.seen.at(-1)!.event.event as { message: { message_id: string; content: string } };
    expect(message.content).toBe('{"text":"昨天和@_user_1 听了一节课"}');
    await sdkClient(sandbox.url).im.messageReaction.create({
      path: { message_id: message.message_id },
      data: { reaction_type: { emoji_type: 'THANKS' } },
    });
    await page.locator('.reaction', { hasText: '[谢谢] 结对' }).waitFor();
  });

  test('a picture is sent as a reply to a card, and both are shown', async () => {
    const { page, product } = await open();
    await type(page, '昨天上了一节课');
    const record = page.getByRole('article', { name: '已记录' });
    await record.waitFor();
    await page.locator('.message', { has: record }).getByRole('button', { name: '回复' }).click();
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await page.getByLabel('图片').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: png });
    await page.locator('img.photo').waitFor();
    await page.locator('.message .quoted').getByText('已记录').waitFor();
    expect(product.seen.at(-1)?.event.event.message).toMatchObject({
      message_type: 'image',
      parent_id: expect.stringMatching(/^om_/),
    });
  });

  test('a file is sent from the page under its own name, and can be recalled', async () => {
    const { page, product, sandbox } = await open();
    const sheet = Buffer.from('PK\u0003\u0004 a sheet');
    await page.getByLabel('文件', { exact: true }).setInputFiles({ name: '名册.xlsx', mimeType: '', buffer: sheet });
    const link = page.locator('.bubble.own').getByRole('link', { name: '名册.xlsx' });
    await link.waitFor();
    const { message } = product.seen.at(-1)!.event.event as { message: { message_type: string; content: string } };
    expect(message).toMatchObject({ message_type: 'file', content: expect.stringContaining('名册.xlsx') });
    const { file_key } = JSON.parse(message.content);
    const upload = await fetch(`${sandbox.url}/_sandbox/upload/${file_key}`);
    expect(await upload.text()).toBe(sheet.toString());
  });

  test('what people write stays text, in bubbles and in cards', async () => {
    const { page, sandbox } = await open();
    const evil = '<img src=x onerror="document.title=1"><script>1</script> [x](javascript:alert(1)) **a**';
    await type(page, evil);
    await page.locator('.bubble.own').getByText(evil).waitFor();
    await sdkClient(sandbox.url).im.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: 'ou_lin', msg_type: 'interactive', content: JSON.stringify(titled('恶', md(evil))) },
    });
    await page.getByRole('article', { name: '恶' }).waitFor();
    expect(await page.locator('.conversation img[src=x], .conversation script, a[href^=javascript]').count()).toBe(0);
  });

  test('unread marks, menu, inspector, faults', async () => {
    const { page, sandbox } = await open();
    await sdkClient(sandbox.url).im.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: 'ou_yang', msg_type: 'text', content: '{"text":"在吗"}' },
    });
    await page.getByLabel('1 条未读').waitFor();
    await page.getByRole('button', { name: /杨国栋/ }).click();
    await page.getByText('在吗').waitFor();
    await page.getByLabel('1 条未读').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '我的任务' }).click();
    await page.locator('.what', { hasText: 'application.bot.menu_v6' }).waitFor();
    await page.getByRole('tab', { name: '接口' }).click();
    await page.getByText('POST /im/v1/messages').first().waitFor();
    await page.getByRole('tab', { name: '故障' }).click();
    await page.getByLabel('同一事件投递两次').fill('1');
    await page.keyboard.press('Tab');
    await expect.poll(() => sandbox.faults.twice).toBe(1);
    await type(page, '昨天上了一节课');
    await page.getByText(/重复 1/).waitFor();
  });

  test('a narrow page shows one pane at a time, nothing wider than the phone', async () => {
    const { page } = await open({ width: 1360, height: 860 });
    await page.setViewportSize({ width: 390, height: 780 });
    await page.getByRole('button', { name: '会话' }).click();
    await type(page, '周报');
    await page.locator('[data-drawn] canvas').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(await page.getByRole('tab').count()).toBe(0);
    await page.getByRole('button', { name: '检查器' }).click();
    await page.getByRole('tab', { name: '事件' }).waitFor();
    expect(await page.getByRole('article').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('axe finds no serious fault, %s, in both languages', async (theme) => {
    const { page, context } = await open();
    await context.addInitScript((wanted) => localStorage.setItem('sandbox.theme', wanted), theme);
    await page.reload();
    await type(page, '周报');
    await page.locator('[data-drawn] canvas').waitFor();
    await type(page, '昨天上了一节课');
    await page.getByRole('button', { name: '修改' }).click();
    await page.getByRole('button', { name: '保存' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'English' }).click();
    // The tabs' structure does not depend on the theme.
    for (const tab of theme === 'light' ? ['API', 'Card', 'Faults'] : ['Card']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await seriousFaults(page)).toEqual([]);
    }
  });
});
