import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

const ROLE = /支教|挂职|跟岗/u;
const LEAVING = /签退|签了退|离校|离岗|离开|下班|返回|回校|走的/u;

/** The event in a secondment: begun, present, away, over, or a period of it, with its length and clock times. */
export function secondmentOf({ pick, text, script, own, having, status }: Telling): Partial<Reading> {
  const clocks = own.flatMap((token, k) => (token.type === 'clock' ? [onDay(token.value!, own.slice(0, k))] : []));
  const [first, second] = clocks;
  const found = pick('action') as Action;
  const action = found === 'check_in' && clocks.length > 1 ? 'check_in_out' : found;
  const role = pick('role');
  const out: Partial<Reading> = {
    role: (ROLE.exec(text) ?? ROLE.exec(script.text))?.[0] ?? (role === '-' ? undefined : role),
    action: action === '-' || (status !== 'done' && action === 'check_in') ? undefined : action,
    ended: action === 'end' ? true : undefined,
  };
  for (const { count } of having('length')) {
    out[count!.unit as 'days' | 'weeks' | 'months'] = count!.n;
    if (count!.n === 0.5) out.half = own.find(({ text: part }) => /^[上下]午$/u.test(part))?.text;
  }
  if (clocks.length === 1 && LEAVING.test(text)) out.time_out = first;
  else Object.assign(out, { time_in: first, time_out: second });
  return out;
}

type Action = NonNullable<Reading['action']> | '-';

/** 下午三点 is 15:00. */
function onDay(clock: string, before: Token[]): string {
  const part = before.findLast((token) => has(token, 'afternoon') || token.date !== undefined)?.text ?? '';
  const hour = Number(clock.slice(0, 2));
  return hour < 12 && /下午|晚|傍晚/u.test(part) ? `${hour + 12}${clock.slice(2)}` : clock;
}
