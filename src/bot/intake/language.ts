import { type Locale, type Texts, textsOf } from '../../cards/index.ts';
import type { MemberSettings } from '../../store/members.ts';

/** Feishu's profile carries no language; the default is Chinese. */
export const localeOf = (settings: MemberSettings): Locale => settings.locale ?? 'zh-CN';

/** For people without settings: the language they write in. */
export const strangerTexts = (written = ''): Texts =>
  textsOf(/[a-z]{2}/i.test(written) && !/\p{Script=Han}/u.test(written) ? 'en-US' : 'zh-CN');

/** A toast for somebody we do not know: Feishu's client picks its own language. */
export function anyLanguage(type: 'error' | 'info', pick: (t: Texts) => string) {
  const [zh, en] = [pick(textsOf('zh-CN')), pick(textsOf('en-US'))];
  return { type, content: zh, i18n: { zh_cn: zh, en_us: en } };
}
