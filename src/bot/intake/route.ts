import { notice, unsupported } from '../../cards/index.ts';
import { withoutLinks } from '../../lark/document-link.ts';
import type { MessageEvent } from '../../lark/event.ts';
import { CHORE } from '../../plan/identities.ts';
import type { Trx } from '../../store/transaction.ts';
import { commands } from '../commands.ts';
import { fileUse } from '../files/file-use.ts';
import { adoptsPlans, keepDraft, planIn } from '../files/plan-draft.ts';
import { evidenceIn } from '../report/photos-of-message.ts';
import { report } from '../report/report.ts';
import type { Facts } from './facts.ts';
import type { Command, Outcome } from './outcome.ts';

/** The command that a message is, with its arguments. */
export function commandIn({ content }: MessageEvent): { command: Command; args: unknown } | undefined {
  if (content.kind !== 'text' && content.kind !== 'post') return undefined;
  const text = wordsOfMessage(content);
  if (text === '' && evidenceIn(content).length > 0) return undefined;
  for (const command of Object.values(commands) as Command[]) {
    const args = command.match(text);
    if (args !== undefined) return { command, args };
  }
  return undefined;
}

/** The words of a message, without invisible characters that would hide a command. */
export const wordsOfMessage = (content: { text: string }): string =>
  withoutLinks(content.text.replace(/\p{Cf}/gu, '').trim());

/** What a message asks for in one post of its writer. */
export async function route(trx: Trx, facts: Facts, event: MessageEvent): Promise<Outcome | Outcome[]> {
  const { content } = event;
  if (content.kind === 'sticker') return facts.group ? [] : { react: 'SMILE' };
  if (content.kind === 'image') return [];
  if (content.kind === 'file') {
    const { fileKey, fileName } = content;
    const { openId, newId, programme } = facts;
    const programmeId = programme.id;
    const { messageId } = event;
    const use = await fileUse(trx, facts, content);
    if (use === 'plan') {
      const body = { openId, programmeId, messageId, fileKey, fileName };
      return { do: [{ what: 'chore', identity: CHORE.readPlan(messageId), kind: 'read_plan', body }] };
    }
    if (use === 'evidence') return [];
    const body = { upload: newId(), openId, programmeId, messageId, fileKey, fileName };
    return { do: [{ what: 'chore', identity: CHORE.readWorkbook(messageId), kind: 'read_workbook', body }] };
  }
  if (content.kind !== 'text' && content.kind !== 'post') {
    const what = content.kind === 'other' && content.messageType !== 'merge_forward' ? 'no_words' : 'voice_or_file';
    return facts.group ? [] : [{ say: () => unsupported(facts.t, what) }];
  }
  const text = wordsOfMessage(content);
  if (text === '' && evidenceIn(content).length > 0) return [];
  const found = commandIn(event);
  if (found) return found.command.run(trx, facts, found.args);
  const pasted = !facts.group && adoptsPlans(facts) ? planIn(text) : undefined;
  if (pasted) return { say: () => keepDraft(trx, facts, pasted, pasted.title) };
  const outcomes = await report(trx, facts, text);
  // In a group, somebody mentioned the bot and wrote nothing else.
  if (text === '' && facts.group)
    return [{ say: () => notice({ title: facts.t.talk.helpTitle, text: facts.t.talk.welcome }, facts.t) }];
  return outcomes;
}
