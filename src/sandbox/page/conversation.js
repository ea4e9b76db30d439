import { useEffect, useRef, useState } from 'preact/hooks';
import { deed } from './api.js';
import { Card } from './card.js';
import { html } from './html.js';
import { messageText } from './markdown.js';
import { Avatar } from './people.js';

const clock = (locale) =>
  new Intl.DateTimeFormat(locale, {
    timeZone: 'Asia/Shanghai',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
const CLOCKS = { zh: clock('zh-CN'), en: clock('en-GB') };
const PAUSE = 10 * 60_000;

/** The middle column: the chosen person's chat and input. */
export function Conversation(p) {
  const { t, person, group, messages, world } = p;
  const end = useRef(null);
  const [answering, answer] = useState();
  const count = messages.length;
  const changes = messages.reduce((sum, one) => sum + one.updatedCount, 0);
  useEffect(() => {
    const last = end.current?.previousElementSibling;
    const tall = last && last.offsetHeight > end.current.parentElement.clientHeight;
    (tall ? last : end.current)?.scrollIntoView({ block: tall ? 'start' : 'end' });
  }, [count, changes]);
  const title = group ? group.name : t('bot');
  return html`<main class="conversation" aria-label=${t('conversation')}>
    <header class="bar">
      <${Avatar} name=${title} kind=${group ? 'group' : 'bot'} />
      <div class="who"><h2>${title} ${!group && html`<span class="tag t-blue">${t('botTag')}</span>`}</h2>
      ${
        group
          ? html`<label class="about">${t('speaker')} <select value=${person.openId} onChange=${(e) => p.setSpeaker(e.currentTarget.value)}>
            ${group.members.map((id) => html`<option value=${id} selected=${id === person.openId}>${p.name(id)}</option>`)}</select></label>`
          : html`<span class="about">${t('as')} <b>${person.name}</b> ${t('asTail')}${person.school ? ` · ${person.school}` : ''}</span>`
      }</div>
    </header>
    <${Guide} ...${p} />
    <div class="scroll messages" role="log" aria-label=${t('conversation')} tabindex="0">
      ${messages.length === 0 && html`<div class="empty hero"><img src="/page/icon.svg" alt="" width="56" height="56" /><b>${t('empty')}</b><span>${t('emptyHint')}</span></div>`}
      ${messages.map((message, i) => {
        const before = messages[i - 1];
        const gap = !before || message.createTime - before.createTime > PAUSE;
        return html`${gap && html`<p class="time" key=${`t${message.messageId}`}>${CLOCKS[p.language].format(message.createTime)}</p>`}<${Message} key=${message.messageId} message=${message} all=${messages} answer=${answer} ...${p} />`;
      })}
      <div ref=${end}></div>
    </div>
    ${world.menu.length > 0 && !group && html`<div class="menu row">${world.menu.map((one) => html`<button type="button" class="btn b-default z-small" onClick=${() => p.act('menu', { person: person.openId, key: one.key })}>${one.name}</button>`)}</div>`}
    <${Composer} ...${p} answering=${answering} answer=${answer} />
  </main>`;
}

/** The first minute: each step is one click with a visible result. */
function Guide({ t, language, world, chat, act, person, choose, guided: done, setGuided }) {
  const [busy, setBusy] = useState(false);
  const run = async (step, i) => {
    setBusy(true);
    const as = step.as ?? person.openId;
    if (as !== person.openId || world.people.every((one) => one.chatId !== chat)) choose(as);
    if (step.advance) await act('advance', { by: step.advance });
    if (step.say) await act('say', { person: as, chat: 'p2p', text: step.say });
    setBusy(false);
    setGuided(i);
  };
  return html`<section class="guide" aria-label=${t('firstMinute')}><span class="guide-title">${t('firstMinute')}</span>
    <ol>${world.guide.map(
      (
        step,
        i,
      ) => html`<li key=${step.zh}><button type="button" class=${`chip ${done.includes(i) ? 'done' : ''}`} disabled=${busy} title=${step.say ?? ''} onClick=${() => run(step, i)}>
      <span class="step" aria-hidden="true">${done.includes(i) ? '✓' : i + 1}</span>${language === 'en' ? step.en : step.zh}${done.includes(i) && html`<span class="sr"> (${t('done')})</span>`}</button></li>`,
    )}</ol>
  </section>`;
}

function Message({ message, all, t, person, name, act, toast, inspect, answer, dark }) {
  const [busy, setBusy] = useState();
  const mine = message.from === person.openId;
  const bot = message.from === 'bot';
  const who = bot ? t('bot') : (name(message.from) ?? message.from);
  const parent = message.parentId && all.find((one) => one.messageId === message.parentId);

  const operate = async (path, which, form) => {
    setBusy(path);
    try {
      const result = await deed('click', {
        person: person.openId,
        message: message.messageId,
        which: { ...which, path },
        form: form?.values,
      });
      if (result.missing) {
        form?.setMissing(result.missing);
        toast({ type: 'warning', content: t('missing') });
      }
      if (result.toast) toast(result.toast);
      if (result.clientError)
        toast({ type: 'error', content: `${t('clientError')} ${result.clientError.code}: ${result.clientError.msg}` });
    } catch (error) {
      toast({ type: 'error', content: error.message });
    }
    setBusy(undefined);
  };
  const c = { t, dark, name, operate, busy, dead: message.recalled === true };
  return html`<div class=${`message ${mine ? 'mine' : ''} ${message.card ? 'has-card' : ''}`} data-id=${message.messageId}>
    <${Avatar} name=${who} kind=${bot ? 'bot' : ''} />
    <div class="bubble-box">
      <div class="meta"><span class="name">${who}</span>
        ${message.urgent?.length > 0 && html`<span class="tag t-red">${t('urgent')}</span>`}
        ${message.updatedCount > 0 && !message.recalled && html`<span class="hint">${t('edited')}</span>`}
        <span class="tools">
          ${message.card && html`<button type="button" class="btn b-text z-tiny" onClick=${() => inspect(message)}>${t('json')}</button>`}
          ${!message.recalled && html`<button type="button" class="btn b-text z-tiny" onClick=${() => answer(message)}>${t('answer')}</button>`}
          ${mine && !message.recalled && html`<button type="button" class="btn b-text z-tiny" onClick=${() => act('recall', { person: person.openId, message: message.messageId })}>${t('recall')}</button>`}
        </span></div>
      ${parent && html`<blockquote class="quoted">${name(parent.from) ?? t('bot')}: ${gist(parent)}</blockquote>`}
      ${message.recalled ? html`<p class="bubble recalled">${t('recalled')}</p>` : html`<${Content} message=${message} c=${c} mine=${mine} />`}
      ${message.reactions?.length > 0 && html`<div class="reactions">${message.reactions.map((one) => html`<span class="reaction" title=${one.emoji}>[${EMOJI[one.emoji] ?? one.emoji}] ${name(one.by) ?? t('bot')}</span>`)}</div>`}
    </div>
  </div>`;
}

/** In words, because some machines lack the glyphs. */
const EMOJI = { THUMBSUP: '赞', THANKS: '谢谢', DONE: '完成', SMILE: '微笑', APPLAUSE: '鼓掌', HEART: '比心' };

/** A short summary of a message. */
const gist = (message) =>
  String(message.content.text ?? message.card?.header?.title?.content ?? '…')
    .replace(/@_user_\d+/g, (key) => shownMark(message, key))
    .slice(0, 60);

/** The displayed name of a mark. */
const shownMark = (message, key) => `@${message.mentions?.find((at) => at.key === key)?.name ?? ''}`;

function Content({ message, c, mine }) {
  const { msgType, content } = message;
  const bubble = (inside) => html`<div class=${`bubble ${mine ? 'own' : ''}`}>${inside}</div>`;
  if (message.card) return html`<${Card} key=${message.updatedCount} card=${message.card} c=${c} />`;
  if (msgType === 'text' && message.from === 'bot') return bubble(messageText(String(content.text ?? ''), c));
  if (msgType === 'text')
    return bubble(
      String(content.text ?? '')
        .split(/(@_user_\d+)/)
        .map((part, i) => (i % 2 === 1 ? html`<span class="at">${shownMark(message, part)}</span>` : part)),
    );
  if (msgType === 'image')
    return html`<img class="photo" src=${`/_sandbox/upload/${content.image_key}`} alt=${c.t('picture')} />`;
  if (content.file_key)
    return bubble(
      html`<a href=${`/_sandbox/upload/${content.file_key}`} download>${content.file_name ?? c.t('file')}</a>`,
    );
  const post = content.zh_cn ?? content.en_us ?? content;
  if (Array.isArray(post.content))
    return bubble(
      html`<b>${post.title}</b>${post.content.map((line) => html`<p>${line.map((item) => (item.tag === 'at' ? shownMark(message, item.user_id) : (item.text ?? '')))}</p>`)}`,
    );
  return bubble(html`<code>${msgType}</code>`);
}

function Composer({ t, person, group, act, answering, answer }) {
  const [text, setText] = useState('');
  const [mention, setMention] = useState(true);
  const where = { person: person.openId, chat: group?.chatId ?? 'p2p', parent: answering?.messageId };
  const send = (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    act('say', { ...where, text, mention: mention ? 'yes' : 'no' });
    setText('');
    answer(undefined);
  };
  const upload = (kind) => async (event) => {
    const [file] = event.currentTarget.files;
    event.currentTarget.value = '';
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = '';
    for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
    act(kind, { ...where, base64: btoa(binary), name: file.name });
    answer(undefined);
  };
  const to = `${t('sayTo')} ${group ? group.name : t('bot')}`;
  return html`<form class="composer" onSubmit=${send}>
    ${answering && html`<p class="quoted row between"><span>${t('answer')}: ${gist(answering)}</span><button type="button" class="btn b-text z-tiny" onClick=${() => answer(undefined)}>${t('cancel')}</button></p>`}
    <textarea rows="2" value=${text} placeholder=${to} aria-label=${to} onInput=${(e) => setText(e.currentTarget.value)}
      onKeyDown=${(e) => e.key === 'Enter' && !e.shiftKey && !e.isComposing && send(e)}></textarea>
    <div class="row between">
      <div class="row">
        <label class="btn b-text z-small">${t('picture')}<input class="sr" type="file" accept="image/*" onChange=${upload('image')} /></label>
        <label class="btn b-text z-small">${t('file')}<input class="sr" type="file" onChange=${upload('file')} /></label>
        ${group && html`<label class="checker"><input type="checkbox" checked=${mention} onChange=${(e) => setMention(e.currentTarget.checked)} />${t('mention')}</label>`}
      </div>
      <button type="submit" class="btn b-primary_filled" disabled=${!text.trim()}>${t('say')}</button>
    </div>
  </form>`;
}
