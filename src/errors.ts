import type { Texts } from './cards/index.ts';

/** Every reason for which a person is told no. The words, with what to do, are in cards/texts under `refusals`. */
export type RefusalCode = keyof Texts['refusals'];

/**
 * Something a person asked that cannot be done: told to that person alone, changes nothing, is not logged as a fault.
 * The other two kinds of failure are LarkRefused (the platform said no) and everything else (a bug).
 */
export class UserError extends Error {
  readonly code: RefusalCode;
  /** What exactly, in the person's language; e.g. which field of a form. */
  readonly detail: string | undefined;
  constructor(code: RefusalCode, detail?: string) {
    super(code);
    this.name = 'UserError';
    this.code = code;
    this.detail = detail;
  }
}

/** Whether a write failed because the disk, a quota or a file-size limit is used up: it may well succeed later. */
export const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as { code?: string } | undefined)?.code ?? '');
