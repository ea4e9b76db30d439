import type { ButtonName, Pressed } from '../../cards/buttons.ts';
import type { Card } from '../../cards/index.ts';
import type { Reaction } from '../../lark/outgoing.ts';
import type { Recorded } from '../../store/record.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Change } from './change.ts';
import type { Facts } from './facts.ts';

/** What a command or action wants: changes, and the answer once they are written, in the transaction that decided it. */
export interface Outcome {
  /** Written in order. */
  do?: Change[];
  /** Called after the changes are written, with the state of the ledger. */
  say?: (recorded: Recorded[]) => Promise<Card | undefined> | Card | undefined;
  /** The links in the message are the question's subject, not evidence. */
  takesLinks?: true;
  /** For a message: an emoji under it, if it needs no card. */
  react?: Reaction;
  /** For a click: a toast. */
  toast?: { type: 'success' | 'info' | 'warning' | 'error'; content: string; i18n?: Record<string, string> };
}

type Each = 'together' | 'apart' | 'message';

/** A typed command: a name, how it is recognised, and what it does. Returns; never sends or writes. */
export interface Command<Args = unknown> {
  name: string;
  /** The arguments if the text is this command, otherwise undefined. Pure. */
  match(text: string): Args | undefined;
  /**
   * Runs in every post of the asker: the answers share one card if they fit, or stay apart; `message`: in the posts in which the
   * last (or quoted) message recorded something. Otherwise it runs in the one meant.
   */
  each?: Each | ((args: Args) => Each | undefined);
  /** Several outcomes are carried out in order, each with its own answer. */
  run(trx: Trx, facts: Facts, args: Args): Promise<Outcome | Outcome[]>;
}

/** The contents of a click: what the button carries, and the form's unchecked answers. */
export interface Click<N extends ButtonName = ButtonName> {
  value: Pressed<N>;
  form: FormAnswers;
  messageId: string;
}
export type FormAnswers = Record<string, string | string[] | boolean>;

/** A button: checks the operator, the version and the state again, then returns the outcome. Safe to repeat. */
export interface Action<N extends ButtonName = ButtonName> {
  name: N;
  /** Open to administrators outside every roster; the action checks what it may do for them. */
  forAdministrators?: true;
  run(trx: Trx, facts: Facts, click: Click<N>): Promise<Outcome>;
}
