/** What is looked at in an app, and what is found. */
import type { LarkClient } from './client.ts';

/** One finding about the app as the platform knows it. `unknown`: the platform would not tell; the page shows it. */
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
  /** What to do, in Chinese; empty when all is well. */
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
  /** Some bound people: can the app still see them? The first 20 are asked for. */
  people: { name: string; openId: string }[];
  /** Messages that wait until the app is put right, by what Feishu answered. */
  waiting: { count: number; why: string }[];
  /** How many people have written to the bot: it is theirs to use. */
  reached: number;
  /** Names the bot was refused for when it last wrote to them. */
  unreachable: string[];
  /** Where the Bases are that are mirrored into; undefined for one that is to be made. */
  mirrors: (string | undefined)[];
  /** Where the Bases are in which lists are kept. */
  lists: string[];
  /** Whether anybody has their plans in the calendar. */
  calendar: boolean;
  /** Private chats with messages in the last hours, to look for events that never came here. The first 5 are read. */
  chats: string[];
  /** From this moment on (epoch ms). */
  since: number;
  /** Which of these message ids have arrived here. */
  arrived: (messageIds: string[]) => Promise<Set<string>>;
}

/** A check's outcome, before it is told which check it is and where it is mended. */
export type DoctorFinding = Pick<Check, 'ok' | 'advice'>;
export const fine: DoctorFinding = { ok: true, advice: '' };
export const unknown = (advice: string): DoctorFinding => ({ ok: 'unknown', advice });
export const wrong = (advice: string): DoctorFinding => ({ ok: false, advice });

/** All is well where no problem says anything. */
export function verdict(problems: string[]): DoctorFinding {
  const found = problems.filter((problem) => problem !== '');
  return found.length === 0 ? fine : wrong(found.join(' '));
}

/** The scopes that the app has by now. */
export async function grantedScopes(client: Patient['client']): Promise<Set<string>> {
  type Answer = { data?: { scopes?: { scope_name: string; grant_status: number }[] } };
  const answer = await client.get<Answer>('scopes', '/open-apis/application/v6/scopes');
  return new Set(answer.data?.scopes?.filter((s) => s.grant_status === 1).map((s) => s.scope_name));
}
