import { activityShown, dutyShown } from '../../cards/card-models.ts';
import { type Card, recorded } from '../../cards/index.ts';
import type { RecordShown } from '../../cards/recorded.ts';
import type { TaskShown } from '../../cards/tasks.ts';
import { movable } from '../../cards/together.ts';
import type { Activity } from '../../plan/activity.ts';
import { doubtsAbout } from '../../plan/checks.ts';
import { elsewhere } from '../../plan/elsewhere.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { StoredActivity } from '../../store/activities.ts';
import { type Draft, isWhole, openDraftsOf, WAITS_MS } from '../../store/drafts.ts';
import { evidenceCounts } from '../../store/evidence.ts';
import { activitiesOfCause } from '../../store/ledger.ts';
import { type Counted, inPlanOrder } from '../../store/obligations.ts';
import { type Recorded, type Share, shareOf } from '../../store/record.ts';
import { contributionsIn } from '../../store/recount.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { inPost, otherPosts } from '../intake/in-post.ts';
import { draftsShown } from '../report/to-activity.ts';

/** An answer that comes this much later than the message says so. */
const LATE_MS = 10 * 60_000;

/** An obligation in 我的任务. */
export function taskShown(counted: Counted, shared: boolean, facts: Facts): TaskShown {
  const { requirement, planId } = counted.obligation;
  return {
    ...dutyShown(counted, facts),
    requirement: `${planId}/${requirement.id}`,
    kind: requirement.activity,
    shared,
  };
}

/** A record with what it counts for. */
type Shown = Share & Pick<Recorded, 'activity' | 'evidence'>;

/** The card that shows records with what they count for now; undefined if there are none. */
export async function recordsCard(
  trx: Trx,
  facts: Facts,
  activities: StoredActivity[],
  waiting: Draft[] = [],
): Promise<Card | undefined> {
  const { programme } = facts;
  const all: Shown[] = [];
  for (const activity of activities)
    all.push({ activity, ...shareOf(activity, await contributionsIn(trx, programme, activity)) });
  const photos = await evidenceCounts(
    trx,
    programme.id,
    activities.map((a) => a.id),
  );
  return recordedCard(facts, all, { photos, waiting });
}

/** The card of everything that one message recorded, and of what in it still waits for its writer; undefined if it recorded nothing. */
export async function causeCard(trx: Trx, facts: Facts, cause: string): Promise<Card | undefined> {
  const { programme, me, group, now } = facts;
  const made = (await activitiesOfCause(trx, cause)).filter((a) => a.programmeId === programme.id);
  if (made.length === 0) return undefined;
  const open = group ? [] : await openDraftsOf(trx, programme.id, me.id, now - WAITS_MS);
  const waiting = open.filter((draft) => draft.cause === cause && isWhole(draft));
  return recordsCard(trx, facts, made, waiting);
}

/** What stands on the card of records beside them. */
interface Beside {
  photos?: Map<string, number>;
  waiting?: Draft[];
}

/** The same from the records just written, without reading them back. */
export function recordedCard(facts: Facts, all: Shown[], { photos, waiting = [] }: Beside = {}): Card | undefined {
  if (all.length === 0) return undefined;
  const late = facts.now - facts.said > LATE_MS;
  const records = all.map((shown) => ({
    ...recordShown(facts, shown),
    ...evidenceShown(shown.credited, photos?.get(shown.activity.id) ?? shown.evidence ?? 0),
  }));
  const card = recorded(
    {
      records,
      group: facts.group,
      waiting: draftsShown(waiting, facts),
      ...(late ? { lateAnswer: { date: facts.at.today, time: facts.at.time! } } : {}),
    },
    facts.t,
  );
  return withMoves(
    inPost(card, facts),
    facts,
    all.map((shown) => shown.activity),
  );
}

/** Adds 改到另一项目 if all records could belong to another programme of their reporter. */
function withMoves(card: Card, facts: Facts, activities: StoredActivity[]): Card {
  const [first] = activities;
  const moving = activities.filter((a) => a.status !== 'withdrawn');
  if (!first || facts.group || moving.length === 0 || moving.some((a) => a.reporterId !== facts.me.id)) return card;
  const fits = otherPosts(facts).filter((post) => moving.every((a) => elsewhere(a, facts, post)));
  return movable(
    card,
    fits.map(({ programme: { id: to, name } }) => ({ activity: first.id, to, name })),
    facts.t,
  );
}

/** The card mentions missing evidence only if a plan asks for it. */
const evidenceShown = (credited: Counted[], photos: number): Pick<RecordShown, 'evidence'> =>
  photos > 0 || credited.some((c) => ['photo', 'document'].includes(c.obligation.requirement.evidence))
    ? { evidence: photos }
    : {};

function recordShown(facts: Facts, { activity: a, credited, uncounted, beside }: Shown): RecordShown {
  const inOrder = inPlanOrder(facts.programme);
  // A summary needs no remark that it is not a plan.
  const near = uncounted.filter(({ reason }) => reason.code !== 'other_topic' || !namesPaper(a));
  const { person } = rosterOf(facts.programme);
  const others = [...new Set(beside.map((b) => b.byId).filter((id) => id !== a.byId))];
  return {
    ...activityShown(a, facts),
    activity: a.id,
    v: a.version,
    state: stateOf(a),
    edited: a.version > 1 && a.status === 'done' && a.confirmation === undefined,
    late: a.late,
    duties: credited.toSorted(inOrder).map((c) => dutyShown(c, facts)),
    uncounted: near.toSorted(inOrder).map((c) => ({ duty: dutyShown(c, facts), reason: c.reason })),
    ...(a.kind === 'secondment' && a.role === '支教' && { doubts: doubtsAbout(facts.programme, a.byId, a) }),
    ...(a.confirmation === 'confirmed' && { confirmed: true }),
    ...(credited.length === 0 && { which: meantFor(near.toSorted(inOrder)) }),
    ...(others.length > 0 && {
      beside: { names: others.map((id) => person.get(id)?.name ?? ''), separate: a.separate === true },
    }),
  };
}

/** More options than this go to the form. */
const MOST_MEANT = 6;

/** What a paper may say that it is: a summary is no plan, whatever it is called. */
const PAPERS = ['总结', '小结', '计划', '方案', '心得', '体会', '反思', '协议', '报告', '简报', '教案', '成绩', '论文'];

const namesPaper = ({ kind, topic }: Activity): boolean =>
  kind === 'document' && PAPERS.some((word) => topic?.includes(word));

/** Duties that only lack the topic of a record, one per title, open ones first. */
function meantFor(uncounted: Share['uncounted']): RecordShown['which'] {
  const open = uncounted
    .filter(({ reason }) => reason.code === 'no_topic' || reason.code === 'other_topic')
    .toSorted((a, b) => Number(a.done >= a.obligation.target) - Number(b.done >= b.obligation.target));
  const byTitle = new Map(open.toReversed().map(({ obligation: o }) => [o.requirement.title, o]));
  return [...byTitle.values()]
    .toReversed()
    .slice(0, MOST_MEANT)
    .map((o) => ({ obligation: o.id, title: o.requirement.title }));
}

export function stateOf(a: Activity): RecordShown['state'] {
  if (a.status === 'done') return 'recorded';
  if (a.status === 'planned') return 'planned';
  return a.status === 'attempted' ? 'attempted' : 'withdrawn';
}
