import { hash } from 'node:crypto';
import type { Core } from './app/core.ts';
import type { App } from './app.ts';
import { DEMO_FILE, readProgramme } from './files.ts';
import { jobs } from './jobs/index.ts';
import type { Ymd } from './plan/dates.ts';
import type { Person } from './plan/people.ts';
import type { Programme } from './plan/programme.ts';
import { rosterOf } from './plan/roster.ts';
import type { SandboxPerson } from './sandbox/tenant.ts';
import { importProgramme } from './store/import.ts';
import { bindMember, openIdsOf } from './store/members.ts';
import { listProgrammes } from './store/programmes.ts';
import { transact } from './store/transaction.ts';

/** A user who is in no roster, for trying a first contact. */
const STRANGER: SandboxPerson = { openId: 'ou_5a4db0stranger', name: '访客', role: '不在名册' };

/**
 * Puts the demo programme with its invented people into a store without programmes: with a ledger up to today and nothing after it, so
 * that it looks lived in whenever it is started.
 */
export async function fillEmptyStore({ ctx }: Core, today: Ymd): Promise<void> {
  await transact(ctx.db, async (trx) => {
    if ((await listProgrammes(trx)).length > 0) return;
    const demo = readProgramme(DEMO_FILE);
    const activities = demo.activities.filter((a) => a.date <= today);
    await importProgramme(trx, { ...demo, activities }, { now: ctx.now(), today, newId: ctx.newId });
  });
}

/** Everybody in the store as a user of the sandbox. People without a Feishu id get one that is the same at every start. */
export async function sandboxPeople({ ctx }: Core): Promise<SandboxPerson[]> {
  return transact(ctx.db, async (trx) => {
    const people: SandboxPerson[] = [];
    for (const { id } of await listProgrammes(trx)) {
      const programme = await ctx.programmeOf(trx, id);
      const known = await openIdsOf(trx, id);
      for (const person of inOrder(programme)) {
        const school = rosterOf(programme).schoolName(person.schoolId);
        const openId = known.get(person.id) ?? `ou_${hash('sha1', `${programme.name}/${school}/${person.name}`)}`;
        if (!known.has(person.id)) await bindMember(trx, { openId, programmeId: id, personId: person.id }, ctx.now());
        const { name, mobile, email } = person;
        people.push({ openId, name, school, role: person.roles.map((r) => ROLE_NAMES[r]).join('、'), mobile, email });
      }
    }
    // A person with several posts is one user, shown with the first of them.
    const users = new Map(people.toReversed().map((user) => [user.openId, user]));
    return [...[...users.values()].toReversed(), STRANGER];
  });
}

/** Those with the most to try come first: mentors of pupils, other teachers, heads, the bureau. */
function inOrder({ people, cares }: Programme): Person[] {
  const mentors = new Set(cares.map((c) => c.mentorId));
  const rank = (p: Person) =>
    mentors.has(p.id) ? 0 : p.roles.includes('teacher') ? 1 : p.schoolId !== undefined ? 2 : 3;
  return people.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * The local date on which the demo's clock starts: today, or the middle of the first term if every term has passed, so that an old demo
 * still shows something.
 */
export async function demoDay({ ctx }: Core, today: Ymd): Promise<Ymd> {
  const terms = [];
  for (const { id } of await listProgrammes(ctx.db)) terms.push(...(await ctx.programmeOf(ctx.db, id)).terms);
  const [first] = terms.toSorted((a, b) => (a.start < b.start ? -1 : 1));
  if (!first || terms.some((term) => term.end >= today)) return today;
  const start = Temporal.PlainDate.from(first.start);
  return start.add({ days: Math.floor(start.until(first.end).days / 2) }).toString();
}

/** Longer than an embedded queue ever needs for the messages of one morning. */
const AT_MOST_MS = 10_000;

/**
 * Moves the demo's clock to an instant, and stops at each job that sends messages until they are out: after a jump of a month each message
 * has its own day. `goTo` sets the clock.
 */
export async function travel(app: App, to: number, goTo: (instant: number) => void): Promise<void> {
  for (const instant of [...stops(app.ctx.now(), to, app.ctx.config.timezone), to]) {
    goTo(instant);
    await app.tick();
    await app.sweep();
    await atRest(app);
  }
}

function stops(from: number, to: number, timezone: string): number[] {
  const found = new Set<number>();
  for (const { preview, latestDue } of Object.values(jobs))
    for (let due = preview && latestDue(to, timezone); due && due > from; due = latestDue(due - 1, timezone))
      found.add(due);
  return [...found].sort((a, b) => a - b);
}

async function atRest({ queue }: App): Promise<void> {
  for (const until = performance.now() + AT_MOST_MS; performance.now() < until; ) {
    const { answers, notices, chores } = await queue.counts();
    if ([answers, notices, chores].every((line) => !line.waiting && !line.active && !line.prioritized)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
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
