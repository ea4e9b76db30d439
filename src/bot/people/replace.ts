import { notice, type Texts } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { NOTICE } from '../../plan/identities.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { checked, datesIn, nameFirst, personNamed, pupilNamed } from './names-and-dates.ts';

/** 换人 张老师 → 李老师 [小一] [11-20起]: history stays with the old mentor, what is open moves to the new one; both are told. */
export const replaceCommand: Command<[string, string]> = {
  name: 'replace',
  match: (text) => {
    const found = /^(?:换人|replace)[\s:：]+(.+?)\s*(?:→|->|=>|换成|换为|改由|\bwith\b)\s*(.+)$/is.exec(text);
    return found ? [found[1]!, found[2]!] : undefined;
  },
  run: async (_trx, facts, [before, after]) => {
    const { t, today } = facts;
    const [name, rest] = nameFirst(after);
    const { words, from: on = today } = datesIn(rest, today);
    const old = personNamed(facts, before.trim());
    const next = personNamed(facts, name);
    const [word] = words;
    const pupil = word === undefined ? undefined : pupilNamed(facts, word);
    for (const { id } of [old, next]) permit(facts, 'arrange', { kind: 'person', id });
    if (old.id === next.id) throw new UserError('bad_form', t.arrange.usage.replace);
    if (facts.group && pupil) throw new UserError('group');
    const only = pupil ? { pupilId: pupil.id } : {};
    const change = checked(facts, { what: 'replace', fromId: old.id, toId: next.id, on, ...only });
    const taken = (rosterOf(facts.programme).caresOfMentor.get(old.id) ?? [])
      .filter((c) => (!c.to || c.to >= on) && (!pupil || c.pupilId === pupil.id))
      .map((c) => rosterOf(facts.programme).pupil.get(c.pupilId)?.name ?? '');
    const told = (theirs: Texts) => {
      const { title, taken: text } = theirs.arrange;
      return notice({ title, text: text(old.name, on, taken.join(theirs.comma)), withTasks: true }, theirs);
    };
    const gave = (theirs: Texts) => {
      const { title, handed: text } = theirs.arrange;
      return notice({ title, text: text(next.name, on, taken.join(theirs.comma)) }, theirs);
    };
    const identity = (id: string) => NOTICE.replace(id, facts.cause);
    return {
      do: [
        { what: 'roster', changes: [change] },
        { what: 'notify', identity: identity(next.id), kind: 'arranged', personId: next.id, card: told },
        { what: 'notify', identity: identity(old.id), kind: 'arranged', personId: old.id, card: gave },
      ],
      say: () => notice({ title: t.arrange.title, text: t.arrange.replace(old.name, next.name, on) }, t),
    };
  },
};
