import { notice } from '../../cards/index.ts';
import type { Span } from '../../plan/summary.ts';
import { SUBSCRIPTION } from '../../store/members.ts';
import type { Command } from '../intake/outcome.ts';
import { permittedRealm } from '../intake/permit.ts';
import { SPAN_OF } from './summary.ts';

const ASKED =
  /^(?:(订阅|取消订阅|退订)(周报|月报|学期报告)|(subscribe|unsubscribe)(?: (weekly|monthly|term))?)[。!！]?$/i;

/** 每周五给我发周报, 不用发周报了: rewritten as the command. */
const TURNED: [RegExp, string][] = [
  [
    /^(?:以后)?(?:每|都)(?:周[一二三四五]?|个?月)?(?:都)?(?:要)?(?:自动)?(?:给我)?发(?:给我)?(周报|月报)(?:给我)?[。!！]*$/u,
    '订阅$1',
  ],
  [/^(?:以后)?(?:不用|不要|别)(?:再)?(?:给我)?发(周报|月报|学期报告)(?:给我)?了?[。!！]*$/u, '退订$1'],
];

/** 订阅周报, 退订月报 …: turns a summary's regular delivery on or off. Weekly ones go out on Fridays, others on the last working day. */
export const subscribeCommand: Command<{ span: Span; wanted: boolean }> = {
  name: 'subscribe',
  each: 'apart',
  match: (text) => {
    if (/^no weekly$/i.test(text)) return { span: 'week', wanted: false };
    const request = TURNED.reduce((line, [words, plain]) => line.replace(words, plain), text.trim());
    const [matched, chinese, what, english, which] = ASKED.exec(request) ?? [];
    if (!matched) return undefined;
    const span = SPAN_OF[(what ?? which ?? 'weekly').toLowerCase()]!;
    return { span, wanted: (chinese ?? english)!.toLowerCase() === 'subscribe' || chinese === '订阅' };
  },
  run: async (_trx, facts, { span, wanted }) => {
    permittedRealm(facts, 'counts');
    const { t } = facts;
    const text = (wanted ? t.weekly.subscribed : t.weekly.unsubscribed)[span];
    return {
      do: [{ what: 'settings', settings: { [SUBSCRIPTION[span]]: wanted || undefined } }],
      say: () => notice({ title: t.weekly.spans[span], text }, t),
    };
  },
};
