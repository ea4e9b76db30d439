import type { TokenRole } from '../judge/classes.ts';
import type { Verdict } from '../judge/judge.ts';
import type { Script } from '../structure/pieces.ts';
import { PUPIL_KINDS } from '../tables/kinds.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';

/** What can differ from person to person. Anything said before the first name applies to everyone. */
const OWN: ReadonlySet<TokenRole> = new Set(['when', 'times', 'lessons', 'subject', 'grade']);
const SHARED: ReadonlySet<TokenRole> = new Set([...OWN, 'by', 'with', 'place', 'partner', 'to']);
/** Kinds that are never split: one person did it, or everyone together. */
const WHOLE: ReadonlySet<string> = new Set('donation secondment same_as_last document meeting training'.split(' '));

/** The pieces about one of several people, and the tokens with a role in them. */
interface Turn {
  from: number;
  to: number;
  said: { k: number; role: TokenRole }[];
}

/**
 * 「听何俊一节数学，听罗春梅一节语文」, 「周二去了小杰家，周四去了小雨家」: splits an activity that names several people one after another into a
 * verdict for each. Each keeps its own days and numbers, and shares what was said before the first name (reading.md, 17).
 */
export function inTurn(activity: Verdict, script: Script): Verdict[] {
  const { span, roles, choices } = activity;
  const heard = [...roles.values()].some(({ value }) => value === 'teacher');
  const lead = span.kind === 'observe' && heard ? 'teacher' : PUPIL_KINDS.has(span.kind) ? 'pupil' : 'by';
  const turns = WHOLE.has(span.kind) || choices.status.value === 'question' ? [] : turnsOf(activity, script, lead);
  const [first] = turns;
  const names = turns.map(({ said }) =>
    said.flatMap(({ k, role }) => (role === lead ? nameOf(script.tokens[k]!) : [])),
  );
  const apart = new Set(names.flat()).size === names.flat().length;
  if (!first || turns.length < 2 || !apart || names.some((own) => own.length === 0)) return [activity];
  const begins = first.said.findIndex(({ role }) => role === lead);
  const holds = ({ said }: Turn, wanted: TokenRole) => said.some(({ role }) => role === wanted);
  const common = first.said.slice(0, begins).filter(({ role }) => SHARED.has(role));
  // 来送教两回，周二…，周四…: each has a day of its own, so the total says nothing of any of them.
  const dated = turns.every((turn) => holds(turn, 'when'));
  const inherited = common.filter(
    ({ role }) => turns.slice(1).some((turn) => !holds(turn, role)) && !(dated && role === 'times'),
  );
  const distinct = (turn: Turn) => turn.said.some((one) => OWN.has(one.role) && !inherited.includes(one));
  if (!turns.every(distinct)) return [activity];
  return turns.map((turn, k) => {
    const to = turns[k + 1]?.from ?? span.to;
    const said =
      k === 0
        ? withoutTotal(turn.said, begins, dated)
        : [...inherited.filter(({ role }) => !holds(turn, role)), ...turn.said];
    const main = span.main >= turn.from && span.main < to ? span.main : turn.from;
    return {
      ...activity,
      span: { ...span, from: turn.from, to, main, lead: k === 0 ? span.lead : turn.from },
      roles: new Map(said.flatMap(({ k: at }) => (roles.has(at) ? [[at, roles.get(at)!] as const] : []))),
    };
  });
}

/** A new turn begins where a role repeats that the current person already has. */
function turnsOf({ span, roles }: Verdict, { tokens, pieces, of }: Script, lead: TokenRole): Turn[] {
  const turns: Turn[] = [];
  const own = tokens.slice(pieces[span.from]!.first, pieces[span.to - 1]!.last);
  if (own.some((token) => has(token, 'all') && EACH.test(token.text))) return turns;
  let seen = new Set<TokenRole>();
  for (let k = pieces[span.lead]!.first; k < pieces[span.to - 1]!.last; k += 1) {
    const me = lead === 'by' && tokens[k]!.text === '我' && (span.kind !== 'observe' || acts(tokens[k + 1]));
    const role = me ? 'by' : (roles.get(k)?.value ?? 'none');
    if (role === 'none') continue;
    const last = turns.at(-1);
    const piece = of[k]!;
    const again = (role === lead || OWN.has(role)) && seen.has(role) && seen.has(lead) && piece >= (last?.to ?? 0);
    if (!last || again) {
      seen = new Set();
      turns.push({ from: last ? piece : span.from, to: 0, said: [] });
    }
    const turn = turns.at(-1)!;
    turn.to = Math.max(piece, span.from) + 1;
    turn.said.push({ k, role });
    seen.add(role);
  }
  return turns;
}

/** 我听两节, unlike 听了我两节. */
const acts = (next: Token | undefined): boolean => next !== undefined && (next.verbs?.size ?? 0) > 0;

/** 各, 分别, 每人: what is said applies to each of those named. */
export const EACH = /^(?:各|每人|分别|一人|各自|每位|每名|各人)$/u;

/** 听了两节, 何俊一节…: drops the total stated before the first name. */
function withoutTotal(said: Turn['said'], begins: number, dated: boolean): Turn['said'] {
  const own = said.slice(begins).some(({ role }) => role === 'lessons');
  return said.filter(({ role }, k) => k >= begins || !((own && role === 'lessons') || (dated && role === 'times')));
}

const nameOf = ({ named, text }: Token): string => named?.pupils[0] ?? named?.people[0] ?? text;
