import type { BaseState, TableState } from './base.ts';
import { type Answer, type Call, fail } from './method.ts';
import { changed, type SandboxState } from './state.ts';

/** Business refusals of a Base use HTTP 200; some use 400 or 403. */
export const refusedWith = (code: number, msg: string, status = 200): Answer => fail(code, msg, status);

export const isAnswer = (found: object): found is Answer => 'code' in found;

export const baseCalled = (state: SandboxState, call: Call): BaseState | Answer => {
  const base = state.bases.get(call.params.app ?? '');
  if (!base) return refusedWith(1254040, 'BaseTokenNotFound');
  return base.access ? base : refusedWith(91403, 'Forbidden', 403);
};

export function tableCalled(state: SandboxState, call: Call): { base: BaseState; table: TableState } | Answer {
  const base = baseCalled(state, call);
  if (isAnswer(base)) return base;
  const table = base.tables.get(call.params.table ?? '');
  return table ? { base, table } : refusedWith(1254041, 'TableIdNotFound');
}

/** Allows one write at a time to a table; a concurrent one is answered with a conflict. */
export async function writing(
  state: SandboxState,
  call: Call,
  write: (base: BaseState, table: TableState) => Answer,
): Promise<Answer> {
  const found = tableCalled(state, call);
  if (isAnswer(found)) return found;
  const { base, table } = found;
  if (base.busy.has(table.tableId)) return refusedWith(1254291, 'Write conflict');
  base.busy.add(table.tableId);
  try {
    await call.pause();
    const answer = write(base, table);
    if (answer.code === 0) {
      table.revision += 1;
      changed(state, 'base', base.appToken);
    }
    return answer;
  } finally {
    base.busy.delete(table.tableId);
  }
}

export function pageOf<T>(
  list: T[],
  call: Call,
  most: number,
): { items: T[]; more: { has_more: boolean; page_token?: string } } | Answer {
  const size = Number(call.query.page_size ?? 20);
  if (!Number.isInteger(size) || size < 1) return refusedWith(1254011, 'Page size must greater than 0.', 400);
  const from = Number(call.query.page_token ?? 0);
  if (!Number.isInteger(from) || size > most) return refusedWith(1254002, 'Fail');
  const has_more = from + size < list.length;
  return {
    items: list.slice(from, from + size),
    more: { has_more, ...(has_more && { page_token: String(from + size) }) },
  };
}
