import type { ActivityDraft } from '../judge/drafts.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';

const ROLES: [RegExp, string][] = [
  [/支教|驻校|驻点|蹲点|顶岗|轮岗/u, '支教'],
  [/挂职/u, '挂职'],
  [/跟[岗班]/u, '跟岗'],
];

const ACTIONS: [RegExp, NonNullable<Reading['action']>][] = [
  [/请假|病假|事假|休假|请了.{0,3}假/u, 'leave'],
  [
    /结束|离岗手续|离任|画上了?句号|期满|到期|圆满|最后一天|收官|完成了?(?:全部|所有)?(?:支教|挂职|跟[岗班])|(?:支教|挂职|跟[岗班](?:学习)?)(?:任务)?(?:全部)?(?:完成|结业|完了)|撤离|撤回来/u,
    'end',
  ],
  [/开始|正式上岗|[从自].{1,10}起|天起|[日号]起|起[在到至赴]|报到|入驻|上任|正式到|第一天|第1天|就位|启程/u, 'start'],
];

const ARRIVED = /签到|签了到|打卡|到校|到岗|到了|已到/u;

/** The event in a secondment: begun, present, away, over, or a period of it, with its length and clock times. */
export function secondmentOf(draft: ActivityDraft, text: string): Partial<Reading> {
  const piece = text.slice(draft.segments[0]!.start, draft.segments.at(-1)!.end);
  const clocks = draft.tokens.flatMap((token, k) =>
    token.type === 'clock' ? [onDay(token.value!, draft.tokens.slice(0, k))] : [],
  );
  const fields: Partial<Reading> = { role: ROLES.find(([word]) => word.test(piece))?.[1] };
  for (const unit of ['days', 'weeks', 'months'] as const) {
    const n = draft.tokens.find((token) => token.count?.unit === unit)?.count?.n;
    if (n !== undefined && n !== 0.5) fields[unit] = n;
    if (unit === 'days' && n === 0.5) Object.assign(fields, { days: 0.5, half: halfOf(draft.tokens) });
  }
  fields.action = actionOf(piece, draft.tokens, clocks.length, fields);
  if (fields.action === 'end') fields.ended = true;
  if (clocks[0] && leaving(piece) && clocks.length === 1) fields.time_out = clocks[0];
  else if (clocks[0]) fields.time_in = clocks[0];
  if (clocks[1]) fields.time_out = clocks[1];
  return fields;
}

function actionOf(piece: string, tokens: Token[], clocks: number, fields: Partial<Reading>): Reading['action'] {
  const found = ACTIONS.find(([word]) => word.test(piece))?.[1];
  // 16号起跟岗一个月 gives the length, not only the start.
  const long = fields.days || fields.weeks || fields.months;
  const stretch = found === 'start' && /起/u.test(piece) && !/为期/u.test(piece) && long;
  // 3月1日到岗, 为期四个月.
  if (!found && long && /为期/u.test(piece) && ARRIVED.test(piece)) return 'start';
  if (found && !stretch) return found;
  if (clocks > 1 || /签退|签了退/u.test(piece) || (ARRIVED.test(piece) && leaving(piece))) return 'check_in_out';
  if (ARRIVED.test(piece)) return 'check_in';
  const spans = tokens.some(
    (token) => token.date?.said === 'span' || token.date?.said === 'week' || token.date?.said === 'month',
  );
  return spans ||
    fields.days ||
    fields.weeks ||
    fields.months ||
    tokens.filter((token) => token.date && token.date.said !== 'vague').length > 1 ||
    tokens.some((token) => token.date?.said === 'list')
    ? 'period'
    : 'check_in';
}

function leaving(piece: string): boolean {
  return /签退|签了退|离校|离岗|离开|下班|返回|回校|走的/u.test(piece);
}

function halfOf(tokens: Token[]): string | undefined {
  return tokens.find((token) => has(token, 'afternoon') && /上午|下午/u.test(token.text))?.text;
}

/** 下午三点 is 15:00. */
export function onDay(clock: string, before: Token[]): string {
  const part = before.findLast((token) => has(token, 'afternoon') || token.date !== undefined)?.text ?? '';
  const hour = Number(clock.slice(0, 2));
  return hour < 12 && /下午|晚|傍晚/u.test(part) ? `${hour + 12}${clock.slice(2)}` : clock;
}
