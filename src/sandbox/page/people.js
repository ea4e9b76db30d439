import { html } from './html.js';

const HUES = 8;
const hue = (text) => [...text].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % HUES;

/** A round avatar with the last two characters of a name, as Feishu shows people without a picture. */
export const Avatar = ({ name, kind = '' }) =>
  html`<span class=${`avatar a${hue(name)} ${kind}`} aria-hidden="true">${kind === 'bot' ? '结对' : (kind === 'group' ? [...name].slice(0, 2) : [...name].slice(-2)).join('')}</span>`;

/** The left column: the people to act as, and the groups. */
export function People({ t, language, world, person, group, choose, chooseGroup, setLanguage, flipTheme }) {
  return html`<aside class="people" aria-label=${t('people')}>
    <header class="brand"><img src="/page/icon.svg" alt="" width="32" height="32" /><div><h1>${t('title')}</h1><p>${t('subtitle')}</p></div></header>
    <div class="scroll">
      <h2>${t('people')}</h2>
      <ul>${world.people.map((one) => {
        const current = !group && one.openId === person.openId;
        return html`<li key=${one.openId}><button type="button" class="row-item" aria-current=${current ? 'true' : undefined} onClick=${() => choose(one.openId)}>
          <${Avatar} name=${one.name} />
          <span class="who"><span class="name">${one.name}${one.resigned && html` <small>· ${t('resigned')}</small>`}</span>
          <span class="about">${[one.role, one.school].filter(Boolean).join(' · ')}</span></span>
          ${one.unread > 0 && html`<span class="badge" aria-label=${`${one.unread} ${t('unread')}`}>${one.unread > 99 ? '99+' : one.unread}</span>`}
        </button></li>`;
      })}</ul>
      ${
        world.groups.length > 0 &&
        html`<h2>${t('groups')}</h2>
      <ul>${world.groups.map(
        (
          one,
        ) => html`<li key=${one.chatId}><button type="button" class="row-item" aria-current=${group?.chatId === one.chatId ? 'true' : undefined} onClick=${() => chooseGroup(one.chatId)}>
        <${Avatar} name=${one.name} kind="group" /><span class="who"><span class="name">${one.name}</span><span class="about">${one.members.length} ${t('members')}</span></span></button></li>`,
      )}</ul>`
      }
    </div>
    <footer class="row"><button type="button" class="btn b-text z-small" onClick=${() => setLanguage(language === 'en' ? 'zh' : 'en')}>${t('language')}</button>
      <button type="button" class="btn b-text z-small" onClick=${flipTheme}>${t('theme')}</button></footer>
  </aside>`;
}
