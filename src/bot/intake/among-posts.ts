import { UserError } from '../../errors.ts';
import type { MessageEvent } from '../../lark/event.ts';
import type { Trx } from '../../store/transaction.ts';
import { fileUse } from '../files/file-use.ts';
import { current, type Facts, type PostNamed } from './facts.ts';
import { outcomesOf } from './handle.ts';
import { wordsIn } from './in-post.ts';
import type { Command, Outcome } from './outcome.ts';
import { commandIn, route, wordsOfMessage } from './route.ts';
import { askWhich, byUse, ofLastMessage, postsNamed, postsOfReport, quotedPosts } from './which-post.ts';

/** A message as one of its writer's posts reads it, with that programme's names. */
export interface SaidInPost {
  facts: Facts;
  event: MessageEvent;
}

/** What a message quotes. */
export interface Quoted {
  cause: string;
  post: PostNamed;
}

/** What one post makes of a message. */
export interface DecidedPosts {
  facts: Facts;
  outcome: Outcome;
}

/** The outcome; `meant`: the post that photos in the message belong to; `together`: the answers share one card if they fit. */
export interface Among {
  decided: DecidedPosts[];
  meant: Facts;
  together: boolean;
}

type Work = (facts: Facts) => Promise<Outcome | Outcome[]>;

/**
 * What a message asks for, in the posts that its writer means (DESIGN section 5, *Who is meant*): lists in every post, anything
 * else in the one it names, else the one with an open duty of the kind, else the one used last.
 */
export async function amongPosts(trx: Trx, all: SaidInPost[], quoted: Quoted | undefined): Promise<Among> {
  const posts = all.map((message) => message.facts);
  const [first] = posts as [Facts];
  const events = new Map(all.map(({ facts, event }) => [facts.me.id, event]));
  const event = events.get(first.me.id)!;
  const work: Work = (facts) => route(trx, facts, keptIn(facts, events.get(facts.me.id)!));
  if (posts.length === 1) return inFirst(posts, work);
  const found = commandIn(event);
  const { content } = event;
  const text = 'text' in content ? wordsOfMessage(content) : '';
  const named = postsNamed(posts, text);
  const each = found && asksEach(found);
  if (each && each !== 'message') return commandAmong(trx, posts, found, work);
  const answered = quoted ? await quotedPosts(trx, posts, quoted) : [];
  if (answered.length > 0) return each ? inEach(answered, work) : inFirst(answered.slice(0, 1), work);
  const currentPosts = current(posts, first.today);
  if (found) return commandAmong(trx, named.length > 0 ? named : posts, found, work);
  if (content.kind === 'file') return inFirst(await usefulFirst(trx, currentPosts, content), work);
  if (text === '') return inFirst(await byUse(trx, currentPosts), work);
  const reportPosts = await postsOfReport(trx, { posts, held: currentPosts, named, text });
  if (reportPosts === 'ask') return askWhich(currentPosts, text);
  return 'each' in reportPosts ? inEach(reportPosts.each, work) : inFirst(reportPosts.first, work);
}

/**
 * The message without the parts that only another programme knows; a message about several is read whole and split afterwards.
 */
function keptIn(facts: Facts, event: MessageEvent): MessageEvent {
  const { content } = event;
  if (!('text' in content) || facts.shared) return event;
  return { ...event, content: { ...content, text: wordsIn(content.text, facts) } };
}

const asksEach = ({ command, args }: { command: Command; args: unknown }) =>
  typeof command.each === 'function' ? command.each(args) : command.each;

/** Runs a command in the posts it is meant for. */
export async function commandAmong(
  trx: Trx,
  posts: Facts[],
  found: { command: Command; args: unknown },
  work: Work,
): Promise<Among> {
  const each = asksEach(found);
  const currentPosts = current(posts, posts[0]!.today);
  if (each === 'message') return inEach(await ofLastMessage(trx, posts), work);
  return each ? inEach(currentPosts, work, each === 'together') : inFirst(await byUse(trx, currentPosts), work);
}

/** Takes a file in a post that can use it, else in the post used last. */
async function usefulFirst(trx: Trx, posts: Facts[], file: Parameters<typeof fileUse>[2]): Promise<Facts[]> {
  const useful = new Set<Facts>();
  for (const facts of posts) if ((await fileUse(trx, facts, file)) !== 'evidence') useful.add(facts);
  return (await byUse(trx, posts)).toSorted((a, b) => Number(useful.has(b)) - Number(useful.has(a)));
}

/** The outcome of the first post that does not refuse; if all refuse, the first refusal. */
async function inFirst(order: Facts[], work: Work): Promise<Among> {
  for (const facts of order.length > 1 ? order : []) {
    const outcomes = await unlessRefused(() => work(facts));
    if (outcomes)
      return { decided: [outcomes].flat().map((outcome) => ({ facts, outcome })), meant: facts, together: false };
  }
  const [facts] = order as [Facts];
  const decided = await outcomesOf(facts, () => work(facts));
  return { decided: decided.map((outcome) => ({ facts, outcome })), meant: facts, together: false };
}

/** The outcomes of all posts that do not refuse; if all refuse, the first refusal. */
async function inEach(posts: Facts[], work: Work, together = false): Promise<Among> {
  const decided: DecidedPosts[] = [];
  for (const facts of posts) {
    // Each part of a message about several programmes gets an answer, even if it is a refusal.
    const outcomes = facts.shared ? await outcomesOf(facts, () => work(facts)) : await unlessRefused(() => work(facts));
    decided.push(...[outcomes ?? []].flat().map((outcome) => ({ facts, outcome })));
  }
  const [first] = posts as [Facts];
  return decided.length > 0 ? { decided, meant: decided[0]!.facts, together } : inFirst([first], work);
}

async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
