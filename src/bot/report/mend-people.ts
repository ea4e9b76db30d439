import type { Activity } from '../../plan/activity.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { StoredActivity } from '../../store/activities.ts';
import type { Trx } from '../../store/transaction.ts';
import { recordedCard } from '../insight/record-cards.ts';
import { rewrite } from '../intake/change.ts';
import type { Facts } from '../intake/facts.ts';
import type { Outcome } from '../intake/outcome.ts';
import { lastRecords } from './which-record.ts';

/** 加上李晓梅她也去了 · 李晓梅也去了 · 还有李晓梅: what is left of it without the name. */
const ADDS =
  /^(?:再|请|麻烦)?(?:加上?|补上|还有|算上|带上)?(?:老师)?[,，]?(?:[她他]|她们|他们)?(?:也)?(?:一起|一块)?(?:去|来|在|参加|听)?[了的]?[。.!！]*$/u;
const SAYS_ALSO = /加上?|补上|还有|算上|带上|也/u;
/** 不是周丽华，是杨一帆. */
const INSTEAD = /^(?:不是|错了[,，]?不是)老?师?[,，。]?(?:应该|而)?是老?师?[。.!！]*$/u;

/**
 * A correction that only names people: somebody who was there too, or one person in place of another, as companion, as the
 * teacher who was listened to or as the one who did it. Undefined where the message says anything else.
 */
export async function mendPeople(trx: Trx, facts: Facts, text: string): Promise<Outcome | undefined> {
  const named = namesIn(facts, text);
  if (named.length === 0 || named.length > 3) return undefined;
  const rest = named.reduce((left, { name }) => left.replace(name, ''), text).replace(/\s/g, '');
  const adds = ADDS.test(rest) && SAYS_ALSO.test(rest);
  if (!adds && !(named.length === 2 && INSTEAD.test(rest))) return undefined;
  const [last] = (await lastRecords(trx, facts)).filter((a) => a.status === 'done');
  if (!last) return undefined;
  const ids = named.map((p) => p.id);
  const activity = adds ? withCompanions(last, ids) : replaced(last, ids[0]!, ids[1]!);
  if (!activity) return undefined;
  return { do: rewrite({ what: 'edited', before: last, activity }), say: (recorded) => recordedCard(facts, recorded) };
}

const withCompanions = (a: StoredActivity, ids: string[]): Activity => ({
  ...a,
  participantIds: [...new Set([...a.participantIds, ...ids.filter((id) => id !== a.byId)])],
});

function replaced(a: StoredActivity, from: string, to: string): Activity | undefined {
  if (a.participantIds.includes(from))
    return { ...a, participantIds: [...new Set(a.participantIds.map((id) => (id === from ? to : id)))] };
  return a.byId === from ? { ...a, byId: to } : undefined;
}

/** Everybody of one's own and one's paired schools whom the text names, in its order. */
function namesIn({ programme, me }: Facts, text: string): { id: string; name: string }[] {
  const { pairingsOfSchool, peopleOfSchool } = rosterOf(programme);
  const pairings = pairingsOfSchool.get(me.schoolId ?? '') ?? [];
  const schools = new Set([me.schoolId, ...pairings.flatMap((p) => [p.supporterId, p.recipientId])]);
  return [...schools]
    .flatMap((id) => peopleOfSchool.get(id ?? '') ?? [])
    .filter((p) => p.id !== me.id && text.includes(p.name))
    .toSorted((a, b) => text.indexOf(a.name) - text.indexOf(b.name));
}
