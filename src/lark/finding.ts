/** What the doctor examines in an app, and what it finds. */
import type { LarkClient } from './client.ts';

/** One finding about the app as the platform knows it. `unknown`: the platform would not say; the page shows it. */
export interface Check {
  check:
    | 'token'
    | 'version'
    | 'bot'
    | 'keys'
    | 'scopes'
    | 'events'
    | 'callbacks'
    | 'contact_range'
    | 'people'
    | 'availability'
    | 'waiting'
    | 'mirror'
    | 'calendar'
    | 'second_client';
  ok: boolean | 'unknown';
  /** What to do, in Chinese; empty if all is well. */
  advice: string;
  /** Where to do it. */
  page: string;
}

export interface Patient {
  client: Pick<LarkClient, 'baseToken' | 'botInfo' | 'get' | 'getUser'>;
  appId: string;
  domain: string;
  encryptKey: string;
  verificationToken: string;
  connection: 'webhook' | 'socket';
  /** Some bound people: can the app still see them? Only the first 20 are checked. */
  people: { name: string; openId: string }[];
  /** Messages that wait until the app is fixed, by Feishu's answer. */
  waiting: { count: number; why: string }[];
  /** How many people have written to the bot, and so can use it. */
  reached: number;
  /** Names of people whom the bot could not reach when it last wrote to them. */
  unreachable: string[];
  /** The places of the mirrored Bases; undefined for one that is still to be created. */
  mirrors: (string | undefined)[];
  /** The places of the Bases that hold lists. */
  lists: string[];
  /** Whether any person has their plans in the calendar. */
  calendar: boolean;
  /** Private chats with messages in the last hours, searched for events that never arrived. Only the first 5 are read. */
  chats: string[];
  /** From this moment on (epoch ms). */
  since: number;
  /** Which of these message ids have arrived here. */
  arrived: (messageIds: string[]) => Promise<Set<string>>;
}

/** A check's outcome, before it is known which check it is and where to fix it. */
export type DoctorFinding = Pick<Check, 'ok' | 'advice'>;
export const fine: DoctorFinding = { ok: true, advice: '' };
export const unknown = (advice: string): DoctorFinding => ({ ok: 'unknown', advice });
export const wrong = (advice: string): DoctorFinding => ({ ok: false, advice });

/** Ok if every problem is empty. */
export function verdict(problems: string[]): DoctorFinding {
  const messages = problems.filter((problem) => problem !== '');
  return messages.length === 0 ? fine : wrong(messages.join(' '));
}

/** The scopes that the app has been granted so far. */
export async function grantedScopes(client: Patient['client']): Promise<Set<string>> {
  type Answer = { data?: { scopes?: { scope_name: string; grant_status: number }[] } };
  const answer = await client.get<Answer>('scopes', '/open-apis/application/v6/scopes');
  return new Set(answer.data?.scopes?.filter((s) => s.grant_status === 1).map((s) => s.scope_name));
}
