import { type Locale, notice, textsOf } from '../../cards/index.ts';
import type { Command } from '../intake/outcome.ts';

/** English, 中文: sets the language of every card from now on. */
export const languageCommand: Command<{ locale: Locale }> = {
  name: 'language',
  match: (text) => {
    if (/^(?:in |切换)?(?:english|英文|英语)[.!。！]?$/i.test(text)) return { locale: 'en-US' };
    return /^(?:切换)?(?:中文|汉语|chinese)[.!。！]?$/i.test(text) ? { locale: 'zh-CN' } : undefined;
  },
  run: async (_trx, _facts, { locale }) => {
    const t = textsOf(locale);
    return {
      do: [{ what: 'settings', settings: { locale } }],
      say: () => notice({ title: t.language.title, text: t.language.set, withTasks: true }, t),
    };
  },
};
