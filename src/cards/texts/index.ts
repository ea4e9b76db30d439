import { enUS } from './en-US.ts';
import { type Texts, zhCN } from './zh-CN.ts';

export const LOCALES = ['zh-CN', 'en-US'] as const;
export type Locale = (typeof LOCALES)[number];
export type { Texts };

/** The texts of a language, Chinese by default. To add a language, add a file that fills `Texts` and a line here. */
export function textsOf(locale: Locale = 'zh-CN'): Texts {
  return { 'zh-CN': zhCN, 'en-US': enUS }[locale];
}
