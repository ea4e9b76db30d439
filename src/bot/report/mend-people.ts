import { UserError } from '../../errors.ts';
import type { Activity } from '../../plan/activity.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Draft } from '../../store/drafts.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard, recordsCard } from '../insight/record-cards.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { shownLines } from './shown-lines.ts';
import { waitingCard } from './to-confirm.ts';
import { withdrawn } from './withdraw.ts';

interface Named {
  id: string;
  name: string;
  pupil: boolean;
}

interface Rule {
  name: 'adds' | 'drops' | 'instead';
  says: string;
  /** Matches what is left of a message without names, their 老师 and connectives. */
  when: RegExp;
}

/** What a message may say about people and nothing else. */
export const ABOUT_PEOPLE: Rule[] = [
  {
    name: 'adds',
    says: '加上李晓梅她也去了',
    when: /^(?:再|请|麻烦|还)?(?:加上?|补上|还有|算上|带上|漏了|少了|忘了)[,，]?(?:[她他]们?)?(?:也)?(?:一起|一块儿?)?(?:去|来|在|参加|听|谈|做)?[了的]?[。.!！]*$/u,
  },
  {
    name: 'adds',
    says: '李晓梅也去了',
    when: /^(?:[她他]们?)?也(?:一起|一块儿?|都)?(?:去|来|在|参加|听|跟着|跟着去|到)[了的]?[。.!！]*$/u,
  },
  {
    name: 'adds',
    says: '是和李晓梅一起去的',
    when: /^(?:我)?(?:是)?(?:跟|同|与)?(?:我)?(?:一起|一块儿?|一道|同行|一同)(?:去|来|听|上|做|参加|谈|访)?[了的]?[。.!！]*$/u,
  },
  {
    name: 'drops',
    says: '去掉小雨',
    when: /^(?:请|麻烦|把|将)?(?:去掉|删掉|删除|删了|除去|不算|不要|拿掉|划掉|没有|不含)[了吧]?[。.!！]*$/u,
  },
  {
    name: 'drops',
    says: '李晓梅没去',
    when: /^(?:其实|后来|那天)?(?:没有?|并没有?)(?:去|来|参加|在|一起去|一起|到|跟着去)[了的哦啊呢呀吧]*[。.!！]*$/u,
  },
  {
    name: 'drops',
    says: '把小雨去掉',
    when: /^(?:把|将)?(?:去掉|删掉|删除|删了|不算|不要|拿掉|划掉)[了吧]?[。.!！]*$/u,
  },
  { name: 'instead', says: '不是周丽华，是杨一帆', when: /^(?:不是|错了[,，]?不是)[,，。]?(?:应该|而)?是[。.!！]*$/u },
];

/** What a message says about the people it names, in order; undefined if it says anything else. */
function aboutPeople(facts: Facts, text: string): { what: Rule['name']; named: Named[] } | undefined {
  const named = namesIn(facts, text);
  if (named.length === 0 || named.length > 3) return undefined;
  const rest = named
    .reduce(
      (left, { name }) => left.replace(new RegExp(`[、和跟与同及]?${name}(?:老师|同学|校长|主任)?`, 'u'), ''),
      text,
    )
    .replace(/\s/g, '');
  const what = ABOUT_PEOPLE.find(({ when }) => when.test(rest))?.name;
  if (!what || (what === 'instead' && (named.length !== 2 || named.some((n) => n.pupil)))) return undefined;
  return { what, named };
}

/**
 * A message that only names people: who was or was not there, a pupil added or removed, one person replacing another. It changes
 * the line of the last card that they fit; if several fit, the card shows all. Undefined if the message says anything else.
 */
export async function mendPeople(trx: Trx, facts: Facts, text: string): Promise<Outcome | undefined> {
  const mention = aboutPeople(facts, text);
  if (!mention) return undefined;
  const lines = await shownLines(trx, facts);
  const waiting = mention.what === 'instead' ? undefined : mendDrafts(trx, facts, lines.drafts, mention);
  if (waiting) return waiting;
  const records = lines.records.filter((a) => a.status === 'done' || a.status === 'planned');
  const fits = records.flatMap((before) => {
    const activity = changed(before, mention);
    return activity ? [{ before, activity }] : [];
  });
  const [only, ...others] = fits;
  if (!only && mention.what === 'drops' && records.length > 0)
    throw new UserError('unchanged', facts.t.recorded.notIn(mention.named.map((n) => n.name).join(facts.t.comma)));
  if (!only) return undefined;
  const meant = fits.map((f) => f.before);
  if (others.length > 0) return { say: () => recordsCard(trx, facts, meant) };
  const change = isEmptied(only) ? withdrawn(only.before) : ({ what: 'edited', ...only } as const);
  return { do: rewrite(change), say: (recorded) => recordedCard(facts, recorded) };
}

/** A talk or a visit without its only pupil has no content left. */
const isEmptied = ({ before, activity }: { before: StoredActivity; activity: Activity }): boolean =>
  before.pupilIds.length > 0 && activity.pupilIds.length === 0 && !activity.allAssigned;

const ABOUT_PUPILS = ['talk', 'home_visit', 'study_guidance'];

/** The record with these people added or removed; undefined if they do not fit it. */
function changed(a: StoredActivity, { what, named }: { what: Rule['name']; named: Named[] }): Activity | undefined {
  const [pupils, people] = [named.filter((n) => n.pupil), named.filter((n) => !n.pupil)].map((l) => l.map((n) => n.id));
  if (what === 'instead') return replaced(a, people![0]!, people![1]!);
  if (what === 'adds') {
    if (pupils!.length > 0 && (!ABOUT_PUPILS.includes(a.kind) || a.allAssigned)) return undefined;
    const pupilIds = [...new Set([...a.pupilIds, ...pupils!])];
    return {
      ...a,
      pupilIds,
      participantIds: [...new Set([...a.participantIds, ...people!.filter((id) => id !== a.byId)])],
    };
  }
  const holds = [
    ...pupils!.map((id) => a.pupilIds.includes(id)),
    ...people!.map((id) => a.participantIds.includes(id)),
  ];
  if (!holds.every(Boolean)) return undefined;
  return {
    ...a,
    pupilIds: a.pupilIds.filter((id) => !pupils!.includes(id)),
    participantIds: a.participantIds.filter((id) => !people!.includes(id)),
  };
}

function replaced(a: StoredActivity, from: string, to: string): Activity | undefined {
  if (a.participantIds.includes(from))
    return { ...a, participantIds: [...new Set(a.participantIds.map((id) => (id === from ? to : id)))] };
  return a.byId === from ? { ...a, byId: to } : undefined;
}

/** The same for a card that still waits: the line whose readings hold the names. */
function mendDrafts(
  trx: Trx,
  facts: Facts,
  drafts: Draft[],
  { what, named }: { what: Rule['name']; named: Named[] },
): Outcome | undefined {
  const names = (pupil: boolean) => named.filter((n) => n.pupil === pupil).map((n) => n.name);
  const mended = drafts.flatMap((draft): Draft[] => {
    const { kind, pupils = [], participants = [] } = draft.reading;
    if (what === 'adds') {
      if (names(true).length > 0 && !ABOUT_PUPILS.includes(kind)) return [];
      const more = {
        ...(names(true).length > 0 && { pupils: [...new Set([...pupils, ...names(true)])] }),
        ...(names(false).length > 0 && { participants: [...new Set([...participants, ...names(false)])] }),
      };
      return [{ ...draft, reading: { ...draft.reading, ...more } }];
    }
    const remaining = {
      pupils: pupils.filter((n) => !names(true).includes(n)),
      participants: participants.filter((n) => !names(false).includes(n)),
    };
    const removed = pupils.length - remaining.pupils.length + participants.length - remaining.participants.length;
    if (removed < named.length || (pupils.length > 0 && remaining.pupils.length === 0)) return [];
    const { pupils: _p, participants: _q, ...rest } = draft.reading;
    const kept = {
      ...(remaining.pupils.length > 0 && { pupils: remaining.pupils }),
      ...(remaining.participants.length > 0 && { participants: remaining.participants }),
    };
    return [{ ...draft, reading: { ...rest, ...kept } }];
  });
  const [only, ...others] = mended;
  if (!only || others.length > 0) return undefined;
  const all = drafts.map((d) => (d.id === only.id ? only : d));
  return { do: [{ what: 'change_draft', draft: only }], say: () => waitingCard(trx, facts, all) };
}

/** People of the sender's own and paired schools named in the text, and their own pupils, in text order. */
function namesIn({ programme, me, group }: Facts, text: string): Named[] {
  const { pairingsOfSchool, peopleOfSchool, caresOfMentor, pupil } = rosterOf(programme);
  const pairings = pairingsOfSchool.get(me.schoolId ?? '') ?? [];
  const schools = new Set([me.schoolId, ...pairings.flatMap((p) => [p.supporterId, p.recipientId])]);
  const people = [...schools].flatMap((id) => peopleOfSchool.get(id ?? '') ?? []).filter((p) => p.id !== me.id);
  const pupils = group ? [] : (caresOfMentor.get(me.id) ?? []).flatMap((c) => pupil.get(c.pupilId) ?? []);
  return [...people.map((p) => ({ ...p, pupil: false })), ...pupils.map((p) => ({ ...p, pupil: true }))]
    .filter((p) => text.includes(p.name))
    .map(({ id, name, pupil: isPupil }) => ({ id, name, pupil: isPupil }))
    .toSorted((a, b) => text.indexOf(a.name) - text.indexOf(b.name));
}
