import { hash } from 'node:crypto';
import type { Core } from './app.ts';
import { DEMO_FILE, readProgramme } from './files.ts';
import { rosterOf } from './plan/roster.ts';
import type { Ymd } from './plan/types.ts';
import type { SandboxPerson } from './sandbox/types.ts';
import { importProgramme } from './store/import.ts';
import { bindMember, openIdsOf } from './store/members.ts';
import { listProgrammes } from './store/programmes.ts';
import { transact } from './store/transaction.ts';

/** Somebody in nobody's roster, so that a first contact can be tried. */
const STRANGER: SandboxPerson = { openId: 'ou_5a4db0stranger', name: '访客', role: '不在名册' };

/** Puts the demo programme, all of whose people are invented, into a store that has no programme yet. */
export async function fillEmptyStore({ ctx }: Core, today: Ymd): Promise<void> {
  await transact(ctx.db, async (trx) => {
    if ((await listProgrammes(trx)).length > 0) return;
    await importProgramme(trx, readProgramme(DEMO_FILE), { now: ctx.now(), today, newId: ctx.newId });
  });
}

/** Everybody in the store as a user of the sandbox. Who has no Feishu id yet gets one that is the same at every start. */
export async function sandboxPeople({ ctx }: Core): Promise<SandboxPerson[]> {
  return transact(ctx.db, async (trx) => {
    const people: SandboxPerson[] = [];
    for (const { id } of await listProgrammes(trx)) {
      const programme = await ctx.programmeOf(trx, id);
      const known = await openIdsOf(trx, id);
      for (const person of programme.people) {
        const school = rosterOf(programme).school.get(person.schoolId ?? '')?.name;
        const openId = known.get(person.id) ?? `ou_${hash('sha1', `${programme.name}/${school}/${person.name}`)}`;
        if (!known.has(person.id)) await bindMember(trx, { openId, programmeId: id, personId: person.id }, ctx.now());
        const { name, mobile, email } = person;
        people.push({ openId, name, school, role: person.roles.map((r) => ROLE_NAMES[r]).join('、'), mobile, email });
      }
    }
    return [...people, STRANGER];
  });
}

const ROLE_NAMES = {
  teacher: '教师',
  leader: '领导',
  principal: '校长',
  vice_principal: '副校长',
  middle_manager: '中层干部',
  coordinator: '联络员',
  bureau_leader: '局领导',
  bureau_coordinator: '局联络员',
};
