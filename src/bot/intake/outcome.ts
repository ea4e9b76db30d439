import type { ButtonName, Pressed } from '../../cards/buttons.ts';
import type { Card } from '../../cards/index.ts';
import type { Reaction } from '../../lark/outgoing.ts';
import type { Recorded } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Change } from './change.ts';
import type { Facts } from './facts.ts';

/** What a command or action wants: changes, and what to say once they are written, in the transaction it was decided in. */
export interface Outcome {
  /** Written one after another. */
  do?: Change[];
  /** Called after the changes were written, with what the ledger holds since. */
  say?: (recorded: Recorded[]) => Promise<Card | undefined> | Card | undefined;
  /** The links in the message are what was asked about, not evidence. */
  takesLinks?: true;
  /** For a message: an emoji under it, where no card is needed. */
  react?: Reaction;
  /** For a click: one line shown for a moment. */
  toast?: { type: 'success' | 'info' | 'warning' | 'error'; content: string; i18n?: Record<string, string> };
}

type Each = 'together' | 'apart' | 'message';

/** Something a person types: a name, how it is recognised, and what it does. Returns; never sends or writes. */
export interface Command<Args = unknown> {
  name: string;
  /** The arguments where the text is this command, undefined where it is not. Pure. */
  match(text: string): Args | undefined;
  /**
   * Asked in every post of who asks: the answers are one card if they fit, or stay apart; `message`: in those posts in which the
   * last message (or the quoted one) recorded something. Else it is asked in the one meant.
   */
  each?: Each | ((args: Args) => Each | undefined);
  /** Several outcomes are carried out one after another, each with its own answer. */
  run(trx: Trx, facts: Facts, args: Args): Promise<Outcome | Outcome[]>;
}

/** What a click brought: what the button carries, and the form's answers, which nobody has checked. */
export interface Click<N extends ButtonName = ButtonName> {
  value: Pressed<N>;
  form: FormAnswers;
  messageId: string;
}
export type FormAnswers = Record<string, string | string[] | boolean>;

/** A button: checks the operator, the version and the state again, then returns what is to be done. Safe to repeat. */
export interface Action<N extends ButtonName = ButtonName> {
  name: N;
  /** Also for administrators who are nobody's person; the action checks what it may do for them. */
  forAdministrators?: true;
  run(trx: Trx, facts: Facts, click: Click<N>): Promise<Outcome>;
}
