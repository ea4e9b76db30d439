import type { Texts } from './cards/index.ts';

/** Every reason for refusing a person's request. The texts, with advice, are in cards/texts under `refusals`. */
export type RefusalCode = keyof Texts['refusals'];

/**
 * A request that cannot be carried out: only its sender is notified, nothing changes, and it is not logged as a fault. The other two kinds
 * of failure are LarkRefused (the platform refused) and everything else (a bug).
 */
export class UserError extends Error {
  readonly code: RefusalCode;
  /** The detail, in the person's language; e.g. which field of a form. */
  readonly detail: string | undefined;
  constructor(code: RefusalCode, detail?: string) {
    super(code);
    this.name = 'UserError';
    this.code = code;
    this.detail = detail;
  }
}

/** Whether a write failed because a disk, quota or file-size limit is reached: it may succeed later. */
export const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as { code?: string } | undefined)?.code ?? '');
