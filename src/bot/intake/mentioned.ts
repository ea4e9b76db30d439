import type { MessageEvent } from '../../lark/event.ts';
import { type Mention, worded } from '../../lark/message.ts';
import type { Person } from '../../plan/people.ts';
import type { Programme } from '../../plan/programme.ts';
import { rosterOf } from '../../plan/roster.ts';
import { alive } from '../../plan/spells.ts';
import { peopleOfOpenIds } from '../../store/members.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts, Mentioned } from './facts.ts';

/**
 * A message with the people it mentions under their roster names, and who they are. The open_id identifies them; the displayed
 * name is only looked up if the user is not bound yet.
 */
export async function withNames(trx: Trx, facts: Facts, event: MessageEvent): Promise<[MessageEvent, Mentioned[]]> {
  const { content } = event;
  if (!('text' in content) || event.mentions.length === 0) return [event, []];
  const { programme } = facts;
  const openIds = event.mentions.flatMap((at) => at.openId ?? []);
  const bound = await peopleOfOpenIds(trx, programme.id, openIds);
  const found = new Map<string, Mentioned>();
  for (const mention of event.mentions) {
    const posts = (bound.get(mention.openId ?? '') ?? []).flatMap((id) => rosterOf(programme).person.get(id) ?? []);
    const person = posts.find((p) => alive(p, facts.today)) ?? posts[0] ?? displayed(programme, mention);
    if (person) found.set(mention.key, { person, name: nameIn(programme, person) });
  }
  const text = worded(content.text, event.mentions, (at) => found.get(at.key)?.name ?? at.name);
  return [{ ...event, content: { ...content, text } }, [...found.values()]];
}

/** The only person whose name is part of the displayed one: 教务处-李静, 李静（语文组）. */
function displayed({ people }: Programme, { bot, name }: Mention): Person | undefined {
  if (bot) return undefined;
  const plain = name.replace(/\s/g, '');
  const matching = people.filter((p) => plain.includes(p.name));
  return matching.length === 1 ? matching[0] : undefined;
}

function nameIn(programme: Programme, person: Person): string {
  const same = [...programme.people, ...programme.pupils].filter((other) => other.name === person.name);
  const school = rosterOf(programme).school.get(person.schoolId ?? '');
  return same.length > 1 && school ? `${person.name}·${school.name}` : person.name;
}
