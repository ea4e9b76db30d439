/**
 * `npm run cards [-- FILE [NAME…]]` draws the cards of samples.ts (all, or those whose names begin with NAME) in both languages,
 * light and dark, at 300 px and wide, into one self-contained HTML file (default cards.html). Needs Chromium; the sandbox's own
 * renderer draws without network access. `--pictures docs/img` also renews the pictures of the READMEs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Card, LOCALES, textsOf } from '../../src/cards/index.ts';
import { CHROMIUM, FLAGS } from '../sandbox/browser.ts';
import { samples } from './samples.ts';

const ORIGIN = 'http://cards.invalid';
const PAGE = fileURLToPath(new URL('../../src/sandbox/page/', import.meta.url));
const library = (path: string) => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));
const LIBRARIES: Record<string, string> = {
  '/page/lib/preact.js': library('preact/dist/preact.mjs'),
  '/page/lib/hooks.js': library('preact/hooks/dist/hooks.mjs'),
  '/page/lib/htm.js': library('htm/dist/htm.mjs'),
  '/page/lib/vchart.js': library('@visactor/vchart/build/index.min.js'),
};
const SCREENS = { phone: 300, wide: 600 };

/** One drawing: a card on a screen in a theme. */
interface Frame {
  name: string;
  locale: string;
  theme: 'light' | 'dark';
  screen: keyof typeof SCREENS;
  card: Card;
}

/** Every sample whose name begins with one of `names`, eight times. */
export function frames(names: string[] = ['']): Frame[] {
  const chosen = Object.entries(samples).filter(([name]) => names.some((n) => name.startsWith(n)));
  return chosen.flatMap(([name, view]) =>
    LOCALES.flatMap((locale) =>
      (['phone', 'wide'] as const).flatMap((screen) =>
        (['light', 'dark'] as const).map((theme) => ({ name, locale, theme, screen, card: view(textsOf(locale)) })),
      ),
    ),
  );
}

/** The sandbox's style sheets, with their dark theme bound to a frame instead of the page. */
const styles = (): string =>
  ['style.css', 'card.css']
    .map((file) => readFileSync(join(PAGE, file), 'utf8').replaceAll(':root[data-theme="dark"]', '.dark'))
    .join('\n');

const OWN_STYLES = `
body { padding: 16px; }
.bar { display: flex; flex-wrap: wrap; gap: 8px 20px; position: sticky; top: 0; z-index: 2; padding: 8px 0; background: var(--base); }
.set { margin: 20px 0 0; }
.set h2 { font-size: 15px; margin: 0 0 6px; }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start; }
.frame { background: var(--base); color: var(--text); padding: 8px; border-radius: 8px; }
.frame.phone { width: ${SCREENS.phone + 16}px; }
.frame.wide { width: ${SCREENS.wide + 16}px; }
.chart img { width: 100%; display: block; }
${['zh-CN', 'en-US', 'light', 'dark', 'phone', 'wide'].map((c) => `body:has(#only-${c}:not(:checked)) .frame.${c} { display: none; }`).join('\n')}`;

/** Runs in the browser: draws every frame with the sandbox's card component. */
const DRAW = `
import { render } from 'preact';
import { Card } from '/page/card.js';
import { html } from '/page/html.js';
import { translator } from '/page/words.js';
const all = window.frames_;
const sets = Map.groupBy(all, (f) => f.name);
const root = document.querySelector('#app');
for (const [name, list] of sets) {
  const set = document.createElement('section');
  set.className = 'set';
  set.id = name;
  set.innerHTML = '<h2></h2><div class="row"></div>';
  set.firstChild.textContent = name;
  for (const f of list) {
    const box = document.createElement('div');
    box.className = 'frame ' + f.locale + ' ' + f.theme + ' ' + f.screen;
    box.lang = f.locale;
    set.lastChild.append(box);
    const c = { t: translator(f.locale === 'zh-CN' ? 'zh' : 'en'), dark: f.theme === 'dark', name: () => undefined, operate: () => {} };
    render(html\`<\${Card} card=\${f.card} c=\${c} />\`, box);
  }
  root.append(set);
}
window.drawn_ = true;`;

const IMPORTS = { preact: '/page/lib/preact.js', 'preact/hooks': '/page/lib/hooks.js', htm: '/page/lib/htm.js' };

/** Charts become pictures, so that the file needs no script. */
const FREEZE = `
for (const canvas of document.querySelectorAll('canvas')) {
  const picture = new Image();
  picture.src = canvas.toDataURL('image/webp', 0.9);
  canvas.closest('.chart').replaceChildren(picture);
}
for (const tag of document.querySelectorAll('script')) tag.remove();`;

const bar = ['zh-CN', 'en-US', 'light', 'dark', 'phone', 'wide']
  .map((c) => `<label><input type="checkbox" id="only-${c}" checked> ${c}</label>`)
  .join('');
const shell = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Cards</title>
<style>${styles()}${OWN_STYLES}</style></head><body><form class="bar">${bar}</form><div id="app"></div></body></html>`;

/** The page with all frames drawn, open in the browser, with charts as pictures. */
export async function drawCards(browser: Browser, list: Frame[]) {
  const page = await browser.newPage({ viewport: { width: 1300, height: 900 }, locale: 'zh-CN' });
  page.setDefaultTimeout(300_000);
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: shell });
    const path = LIBRARIES[pathname] ?? join(PAGE, pathname.replace('/page/', ''));
    return route.fulfill({ contentType: 'text/javascript', body: readFileSync(path, 'utf8') });
  });
  await page.goto(`${ORIGIN}/`);
  await page.evaluate(`window.frames_ = ${JSON.stringify(list)}`);
  await page.addScriptTag({ type: 'importmap', content: JSON.stringify({ imports: IMPORTS }) });
  await page.addScriptTag({ type: 'module', content: DRAW });
  await page.waitForFunction('window.drawn_');
  await page.waitForFunction('[...document.querySelectorAll(".chart-box")].every((box) => box.dataset.drawn)');
  await page.evaluate(FREEZE);
  return page;
}

/** The pictures in the READMEs: these cards side by side, as on a phone. */
const PICTURES: Record<string, string[]> = {
  'cards-teacher': ['recorded', 'morning', 'check-in'],
  'cards-office': ['coordinator', 'weekly', 'term-thanks'],
};
const AT_MOST_BYTES = 100_000;

async function takePictures(page: Page, dir: string): Promise<void> {
  const browserSession = await page.context().newCDPSession(page);
  for (const [name, cards] of Object.entries(PICTURES)) {
    await page.evaluate(`{
      const sheet = document.createElement('div');
      sheet.id = 'sheet';
      sheet.style = 'position:absolute;top:0;left:0;z-index:9;display:flex;align-items:flex-start;background:var(--base);padding:4px';
      for (const card of ${JSON.stringify(cards)})
        sheet.append(document.querySelector('#' + card + ' .zh-CN.light.phone').cloneNode(true));
      document.querySelector('#sheet')?.remove();
      document.body.append(sheet);
    }`);
    const box = await page.locator('#sheet').boundingBox();
    const clip = { x: 0, y: 0, width: box!.width, height: box!.height, scale: 1 };
    const shot = await browserSession.send('Page.captureScreenshot', {
      format: 'webp',
      quality: 85,
      clip,
      captureBeyondViewport: true,
    });
    const picture = Buffer.from(shot.data, 'base64');
    const path = join(dir, `${name}.webp`);
    writeFileSync(path, picture);
    process.stdout.write(`${path} ${picture.length} bytes\n`);
    if (picture.length > AT_MOST_BYTES) throw new Error(`${path} is larger than ${AT_MOST_BYTES} bytes`);
  }
}

if (import.meta.filename === process.argv[1]) {
  const { values, positionals } = parseArgs({ options: { pictures: { type: 'string' } }, allowPositionals: true });
  const [file = 'cards.html', ...names] = positionals;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, '--lang=zh-CN'] });
  try {
    const list = frames(names.length > 0 ? names : undefined);
    const page = await drawCards(browser, list);
    mkdirSync(dirname(file), { recursive: true });
    const html = await page.content();
    writeFileSync(file, html);
    if (values.pictures) await takePictures(page, values.pictures);
    process.stdout.write(`${file} ${list.length} drawings, ${Math.ceil(html.length / 1024)} KB\n`);
  } finally {
    await browser.close();
  }
}
