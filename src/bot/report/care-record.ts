import { type Activity, CARE_NOTES, type CareNotes } from '../../plan/activity.ts';
import { ownPupilsCalled } from '../../plan/called.ts';
import { recordedCard } from '../insight/record-cards.ts';
import type { Facts } from '../intake/facts.ts';
import { wordsIn } from '../intake/in-post.ts';
import type { Command } from '../intake/outcome.ts';
import { MAX_TEXT } from './form-answers.ts';
import { report } from './report.ts';
import { unread } from './unread.ts';

/** The headings of each part of a care record. */
const HEADS: Record<keyof CareNotes, RegExp> = {
  cause: /(?:形成|主要|落后|学困)?(?:成因|原因)/u,
  measures: /(?:帮扶|转化|辅导|解决)?(?:措施|办法|对策)/u,
  course: /(?:帮扶|转化|辅导)?(?:经过|过程|情况)/u,
  result: /(?:帮扶|转化|辅导)?(?:成效|效果|结果)/u,
};
const HEAD = new RegExp(
  `(?:^|[\\s,，。;；、])(?:${CARE_NOTES.map((note) => `(?<${note}>${HEADS[note].source})`).join('|')})\\s*[:：]`,
  'gu',
);

const NAME_ALONE = /^\s*\p{Script=Han}{2,4}\s*$/u;

/** The parts of a message under such headings, and the text before the first; undefined if there are too few. */
export function careNotesIn(text: string): { who: string; care: CareNotes } | undefined {
  const heads = [...text.matchAll(HEAD)];
  // A single heading may stand in any report; after a name alone it is a note.
  if (heads.length < (NAME_ALONE.test(text.slice(0, heads[0]?.index)) ? 1 : 2)) return undefined;
  const care: CareNotes = {};
  for (const [i, head] of heads.entries()) {
    const note = CARE_NOTES.find((n) => head.groups?.[n] !== undefined)!;
    const words = text
      .slice(head.index + head[0].length, heads[i + 1]?.index)
      .replace(/^[\s,，;；]+|[\s,，;；]+$/gu, '');
    if (words !== '') care[note] = words.slice(0, MAX_TEXT);
  }
  return { who: text.slice(0, heads[0]!.index), care };
}

/** Words before the name: 学困生帮扶记录 小杰. */
const TITLE =
  /^(?:(?:今天)?(?:记|登记|填|补)(?:一下|一份)?)?(?:(?:学困生|潜能生|困难生|后进生)?(?:帮扶|转化|提高)?(?:记录|登记表?|档案))?[\s:：]*/u;

/** The sender's own pupils, if the text names them and nothing else. */
function pupilsNamed({ programme, me }: Facts, who: string): string[] {
  const names = who
    .replace(TITLE, '')
    .replace(/的$/u, '')
    .split(/[、，,和与\s]+/u)
    .filter(Boolean);
  const found = names.map((name) => {
    const [only, more] = ownPupilsCalled(programme, me.id, name);
    return more ? undefined : only?.id;
  });
  return found.every((id) => id !== undefined) ? found : [];
}

/** 小杰 成因：基础薄弱 措施：每天课后辅导 成效：会列式了: the record of a pupil in the sender's care; anything else is a report. */
export const careRecordCommand: Command<{ text: string; who: string; care: CareNotes }> = {
  name: 'care-record',
  match: (text) => {
    const parts = careNotesIn(text);
    return parts && { text, ...parts };
  },
  run: async (trx, facts, { text, who, care }) => {
    const pupilIds = facts.group ? [] : pupilsNamed(facts, who);
    // A note about a pupil of somebody else is no report of guidance.
    if (pupilIds.length === 0 && !facts.group && NAME_ALONE.test(who)) return unread(trx, facts, text);
    if (pupilIds.length === 0) return report(trx, facts, text);
    const { me, programme, newId, at } = facts;
    const notes = Object.fromEntries(Object.entries(care).map(([note, words]) => [note, wordsIn(words, facts)]));
    const activity: Activity & { reporterId: string } = {
      ...{ id: newId(), programmeId: programme.id, kind: 'care_roster', status: 'done', date: at.today, times: 1 },
      ...{ byId: me.id, reporterId: me.id, participantIds: [], pupilIds, care: notes },
    };
    return {
      do: [{ what: 'record', changes: [{ what: 'recorded', activity }] }],
      say: (recorded) => recordedCard(facts, recorded),
    };
  },
};
