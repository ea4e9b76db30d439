import { render } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { deed, listen, read } from './api.js';
import { Conversation } from './conversation.js';
import { html } from './html.js';
import { Inspector } from './inspector.js';
import { People } from './people.js';
import { LANGUAGES, translator } from './words.js';

const kept = (key, fallback) => localStorage.getItem(`sandbox.${key}`) ?? fallback;
const keep = (key, value) => localStorage.setItem(`sandbox.${key}`, value);
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

function App() {
  const [world, setWorld] = useState();
  const [messages, setMessages] = useState([]);
  const [log, setLog] = useState({ deliveries: [], calls: [], totals: {} });
  const [openId, setOpenId] = useState(kept('person'));
  const [chatId, setChatId] = useState();
  const [pane, setPane] = useState('conversation');
  const [shown, setShown] = useState();
  const [tab, setTab] = useState('events');
  const [toasts, setToasts] = useState([]);
  const [guided, setGuided] = useState(() => JSON.parse(sessionStorage.getItem('sandbox.guide') ?? '[]'));
  const [lost, setLost] = useState(false);
  const [language, setLanguage] = useState(kept('language', LANGUAGES[navigator.language.startsWith('zh') ? 0 : 1]));
  const [theme, setTheme] = useState(kept('theme', prefersDark.matches ? 'dark' : 'light'));
  const t = useMemo(() => translator(language), [language]);

  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
    document.title = t('title');
  }, [theme, language]);

  const known = (id) => world?.people.find((one) => one.openId === id);
  const person = known(openId) ?? known(world?.guide[0]?.as) ?? world?.people[0];
  const group = world?.groups.find((one) => one.chatId === chatId);
  const chat = group ? group.chatId : person?.chatId;

  const fresh = useRef(() => {});
  fresh.current = async () => {
    const [nextWorld, nextLog] = await Promise.all([read('state'), read('log')]);
    setWorld(nextWorld);
    setLog(nextLog);
    if (chat) setMessages(await read(`messages/${chat}`));
  };
  useEffect(() => {
    let timer;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => fresh.current().catch(() => setLost(true)), 40);
    };
    return listen((kind) => {
      setLost(kind === 'lost');
      if (kind !== 'lost') soon();
    });
  }, []);
  useEffect(() => {
    setMessages([]);
    if (chat) read(`messages/${chat}`).then(setMessages);
  }, [chat]);
  useEffect(() => {
    if (person?.unread > 0 && !group && document.visibilityState === 'visible') deed('look', { person: person.openId });
  }, [world, person?.openId, group]);

  const toast = useCallback((one) => {
    const key = `${performance.now()}`;
    setToasts((old) => [...old, { ...one, key }]);
    setTimeout(() => setToasts((old) => old.filter((other) => other.key !== key)), 4000);
  }, []);
  const act = useCallback(
    (path, body) =>
      deed(path, body).catch((error) => {
        toast({ type: 'error', content: error.message });
      }),
    [],
  );

  if (!world || !person) return html`<p class="loading">…</p>`;

  const choosePerson = (id) => {
    setOpenId(id);
    keep('person', id);
    setChatId(undefined);
    setPane('conversation');
    act('enter', { person: id });
  };
  const name = (id) => world.people.find((one) => one.openId === id)?.name ?? (id === 'all' ? t('members') : undefined);
  const inspect = (message) => {
    setShown(message.messageId);
    setTab('card');
    setPane('inspector');
  };
  const noteGuided = (step) =>
    setGuided((old) => {
      const next = [...new Set([...old, step])];
      sessionStorage.setItem('sandbox.guide', JSON.stringify(next));
      return next;
    });
  const common = { t, language, world, person, group, act, toast, name, dark: theme === 'dark' };
  return html`<div class="app" data-pane=${pane}>
    <${People} ...${common} choose=${choosePerson} chooseGroup=${(id) => {
      setChatId(id);
      setPane('conversation');
    }}
      setLanguage=${(next) => {
        setLanguage(next);
        keep('language', next);
      }}
      flipTheme=${() => {
        const next = theme === 'dark' ? 'light' : 'dark';
        setTheme(next);
        keep('theme', next);
      }} />
    <${Conversation} key=${chat} ...${common} chat=${chat} messages=${messages} inspect=${inspect} guided=${guided} setGuided=${noteGuided} choose=${choosePerson} setSpeaker=${(
      id,
    ) => {
      setOpenId(id);
      keep('person', id);
    }} />
    <${Inspector} ...${common} log=${log} tab=${tab} setTab=${setTab} message=${messages.find((one) => one.messageId === shown) ?? messages.findLast((one) => one.card)} />
    <nav class="panes" aria-label=${t('title')}>
      ${[
        ['people', 'people'],
        ['conversation', 'conversation'],
        ['inspector', 'inspector'],
      ].map(
        ([key, word]) =>
          html`<button type="button" aria-current=${pane === key ? 'page' : undefined} onClick=${() => setPane(key)}>${t(word)}</button>`,
      )}
    </nav>
    <div class="toasts" role="status" aria-live="polite">
      ${lost && html`<p class="toast warning">${t('lost')}</p>`}
      ${toasts.map((one) => html`<p key=${one.key} class=${`toast ${one.type}`}><span class="toast-icon" aria-hidden="true">${{ success: '✓', error: '✕', warning: '!', info: 'i' }[one.type] ?? 'i'}</span>${one.content}</p>`)}
    </div>
  </div>`;
}

render(html`<${App} />`, document.getElementById('app'));
