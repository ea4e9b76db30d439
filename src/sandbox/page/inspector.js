import { useState } from 'preact/hooks';
import { Bases } from './base.js';
import { html } from './html.js';

const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'long',
});
const TIME = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAY_EN = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  weekday: 'long',
});
const TABS = ['events', 'calls', 'card', 'base', 'faults'];

/** The right column: the clock, and the traffic between Feishu and the app. */
export function Inspector(p) {
  const { t, tab, setTab } = p;
  const keys = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length];
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return html`<aside class="inspector" aria-label=${t('inspector')}>
    <${Clock} ...${p} />
    <div class="tabs" role="tablist" aria-label=${t('inspector')} onKeyDown=${keys}>${TABS.map(
      (key) =>
        html`<button type="button" role="tab" id=${`tab-${key}`} aria-controls="panel" aria-selected=${tab === key} tabindex=${tab === key ? 0 : -1} onClick=${() => setTab(key)}>${t(key)}</button>`,
    )}</div>
    <div class="scroll" role="tabpanel" id="panel" aria-labelledby=${`tab-${tab}`} tabindex="0">
      ${{ events: html`<${Events} ...${p} />`, calls: html`<${Calls} ...${p} />`, card: html`<${CardJson} ...${p} />`, base: html`<${Bases} ...${p} />`, faults: html`<${FaultPanel} ...${p} />` }[tab]}
    </div>
    <p class="totals" role="status">${p.log.totals.lost > 0 ? '✕' : '✓'} ${t('total', p.log.totals)}<br /><span class="hint">${t('totalCalls', p.log.totals)}</span></p>
  </aside>`;
}

function Clock({ t, world, act, language }) {
  const [busy, setBusy] = useState(false);
  const move = async (by) => {
    setBusy(true);
    await act('advance', { by });
    setBusy(false);
  };
  return html`<section class="clock" aria-label=${t('clock')}>
    <p><b>${(language === 'en' ? DAY_EN : DAY).format(world.now)}</b> <span class="hint">${TIME.format(world.now)}</span></p>
    ${
      world.canAdvance &&
      html`<div class="row">${['day', 'week', 'month'].map((by) => html`<button type="button" class="btn b-default z-small" disabled=${busy} onClick=${() => move(by)}>${t(by)}</button>`)}
      ${busy && html`<span class="hint" role="status">${t('moving')}</span>`}</div>`
    }
  </section>`;
}

/** A line that opens; its content is drawn only then, because the log is long. */
function Fold({ line, value }) {
  const [open, setOpen] = useState(false);
  return html`<details onToggle=${(e) => setOpen(e.currentTarget.open)}><summary>${line}</summary>${open && html`<${Json} value=${value()} />`}</details>`;
}

const Json = ({ value }) => html`<pre class="json" tabindex="0">${JSON.stringify(value, null, 2)}</pre>`;

function Events({ t, log }) {
  if (log.deliveries.length === 0) return html`<p class="empty">${t('noEvents')}</p>`;
  return html`<ul class="log">${log.deliveries.toReversed().map((one) => {
    const last = one.attempts.at(-1);
    const repeats = one.attempts.filter((attempt) => attempt.duplicate).length;
    const state = one.ok ? ['ok', '✓'] : one.gaveUp ? ['bad', '✕'] : ['wait', '…'];
    const line = html`
      <span class=${`mark ${state[0]}`}>${state[1]} ${last?.status ?? last?.error ?? ''}</span>
      <span class="what">${one.eventType}<br /><span class="hint">${last ? TIME.format(last.at) : ''} ${about(one.body.event)}</span></span><span class="hint">${last ? `${last.ms} ms` : ''}</span>
      ${one.attempts.length - repeats > 1 && html`<span class="tag t-orange">${one.attempts.length - repeats} ${t('attempts')}</span>`}
      ${repeats > 0 && html`<span class="tag t-purple">${t('repeated')}</span>`}
      ${one.gaveUp && html`<span class="tag t-red">${t('gaveUp')}</span>`}
      ${!one.ok && !one.gaveUp && one.attempts.length > 0 && html`<span class="tag t-yellow">${t('waits')}</span>`}`;
    return html`<li key=${one.eventId}><${Fold} line=${line} value=${() => ({ body: one.body, attempts: one.attempts })} /></li>`;
  })}</ul>`;
}

/** A short summary of an event. */
function about(event = {}) {
  if (event.message) return String(event.message.content).slice(0, 60);
  if (event.action) return JSON.stringify(event.action.value ?? event.action.option ?? '').slice(0, 60);
  return event.event_key ?? event.message_id ?? '';
}

function Calls({ t, log }) {
  if (log.calls.length === 0) return html`<p class="empty">${t('noCalls')}</p>`;
  return html`<ul class="log">${log.calls.toReversed().map((one, i) => {
    const line = html`<span class=${`mark ${one.status === 200 && one.code === 0 ? 'ok' : 'bad'}`}>${one.status === 200 && one.code === 0 ? '✓' : '✕'} ${one.status || '—'}${one.code ? `/${one.code}` : ''}</span>
    <span class="what">${one.method} ${one.route.replace('/open-apis', '') || one.path}<br /><span class="hint">${TIME.format(one.at)}${one.uuid ? ` uuid ${one.uuid.slice(0, 13)}…` : ''}</span></span><span class="hint">${one.ms} ms</span>
    ${one.fault && html`<span class="tag t-orange">${one.fault}</span>`}`;
    const value = () => ({ path: one.path, uuid: one.uuid, body: unfold(one.body), answer: one.answer });
    return html`<li key=${log.calls.length - i}><${Fold} line=${line} value=${value} /></li>`;
  })}</ul>`;
}

/** A request body with its `content` string parsed, for reading. */
function unfold(body) {
  try {
    return typeof body?.content === 'string' ? { ...body, content: JSON.parse(body.content) } : body;
  } catch {
    return body;
  }
}

function CardJson({ t, message }) {
  if (!message?.card) return html`<p class="empty">${t('noCard')}</p>`;
  const bytes = new TextEncoder().encode(JSON.stringify(message.card)).length;
  return html`<p class="hint pad">${message.messageId}<br />${(bytes / 1024).toFixed(1)} / 30 KB · ${countTags(message.card)} / 200</p><${Json} value=${message.card} />`;
}

const countTags = (node) =>
  node && typeof node === 'object'
    ? (typeof node.tag === 'string' ? 1 : 0) +
      Object.entries(node).reduce(
        (sum, [key, inner]) => sum + (key === 'chart_spec' || key === 'rows' ? 0 : countTags(inner)),
        0,
      )
    : 0;

const PUSH = ['twice', 'twiceNewEventId', 'callbackTwice', 'hold', 'badSignature', 'staleTimestamp'];
const API = ['rate429', 'status500', 'storeThenHangup'];
/** Refusals worth trying: same request, word filter, data leak, no cards here, rights unknown, scope, card in use. */
const CODES = [18121, 230022, 230028, 230054, 234019, 99991672, 230099];
const LOCKED = 'Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock; ';

function FaultPanel({ t, world, act, person }) {
  const { faults } = world;
  const count = (value) => (value === true ? 1 : value || 0);
  const knob = (
    name,
    value,
    set,
  ) => html`<label class="knob" key=${name}><span>${name.includes(' ') ? name : t(name)}</span>
    <input type="number" min="0" max="99" value=${count(value)} onInput=${(e) => set(Math.max(0, Number.parseInt(e.currentTarget.value, 10) || 0))} /></label>`;
  return html`<div class="pad">
    <p class="hint">${t('faultHint')}</p>
    <div class="knobs">
      ${PUSH.map((name) => knob(name, faults[name], (n) => act('faults', { [name]: n || false })))}
      ${knob('lateMs', faults.lateMs, (n) => act('faults', { lateMs: n }))}
      ${API.map((name) => knob(name, faults.api[name], (n) => act('faults', { api: { [name]: n || false } })))}
      ${knob('delayMs', faults.api.delayMs, (n) => act('faults', { api: { delayMs: n } }))}
      ${CODES.map((code) => {
        const { refuse } = faults.api;
        const set = (times) =>
          act('faults', { api: { refuse: { code, times, ...(code === 230099 ? { msg: LOCKED } : {}) } } });
        return knob(`${t('refuse')} ${code}`, refuse?.code === code ? refuse.times : 0, set);
      })}
      <label class="knob"><span>${t('expireToken')}</span><input type="checkbox" checked=${faults.api.expireToken} onChange=${(e) => act('faults', { api: { expireToken: e.currentTarget.checked } })} /></label>
    </div>
    <div class="row"><button type="button" class="btn b-default z-small" disabled=${world.waiting === 0} onClick=${() => act('retry')}>${t('retryNow')} (${world.waiting})</button></div>
    <div class="row"><span>${t(world.connection)}${world.connection === 'socket' ? ` · ${world.connections} ${t('clients')}` : ''}</span>
      ${world.connection === 'socket' && html`<button type="button" class="btn b-default z-small" disabled=${world.connections === 0} onClick=${() => act('drop')}>${t('drop')}</button>`}</div>
    <h3>${t('personState')}: ${person.name}</h3>
    <div class="knobs">${['available', 'inContactRange', 'resigned', 'blocked'].map(
      (key) =>
        html`<label class="knob" key=${key}><span>${t(key)}</span><input type="checkbox" checked=${person[key]} onChange=${(e) => act('person', { openId: person.openId, [key]: e.currentTarget.checked })} /></label>`,
    )}</div>
  </div>`;
}
