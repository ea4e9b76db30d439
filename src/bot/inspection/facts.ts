/** What an inspection finds about a pairing, school or person on its day. */
import { ACTIVITY_KINDS } from '../../plan/activity.ts';
import { credit } from '../../plan/credit.ts';
import type { Range } from '../../plan/dates.ts';
import type { Inspected, InspectionFigures } from '../../plan/inspection.ts';
import { schoolYearRange } from '../../plan/obligations.ts';
import { rosterOf } from '../../plan/roster.ts';
import { sampleOf } from '../../plan/sample.ts';
import { standing } from '../../plan/standing.ts';
import { summaryDays } from '../../plan/summary.ts';
import { evidenceCounts } from '../../store/evidence.ts';
import { activitiesFeeding } from '../../store/feeds.ts';
import { obligationPage } from '../../store/lists.ts';
import type { Counted } from '../../store/obligations.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';

const MOST_DUTIES = 2_000;
/** The sample size. */
const SAMPLE = 5;
const LATE = ['overdue', 'missed'];

async function dutiesOf(trx: Trx, { programme, today }: Facts, of: Inspected): Promise<Counted[]> {
  const term = schoolYearRange(programme, today) ?? { start: today, end: today };
  const realm = of.kind === 'person' ? ({ kind: 'programme' } as const) : { kind: of.kind, id: of.id };
  const by = { realm, term, day: today, ...(of.kind === 'person' && { bearerId: of.id }) };
  return (await obligationPage(trx, programme, by, { page: 1, size: MOST_DUTIES })).rows;
}

/** Keys of the records about it; for a school, those of its pairings from either side. */
function keysOf({ programme }: Facts, { kind, id }: Inspected): string[] {
  const ofPairing = (pairing: string) => [`pairing:${pairing}:supporter`, `pairing:${pairing}:recipient`];
  if (kind === 'person') return [`person:${id}`];
  if (kind === 'pairing') return ofPairing(id);
  const pairings = rosterOf(programme).pairingsOfSchool.get(id) ?? [];
  return [`school:${id}`, ...pairings.flatMap((p) => ofPairing(p.id))];
}

/** Titles of overdue duties, without duplicates. */
export async function lateDutiesOf(trx: Trx, facts: Facts, of: Inspected): Promise<string[]> {
  const duties = await dutiesOf(trx, facts, of);
  const late = duties.filter(({ obligation, done }) => LATE.includes(standing(obligation, done, facts.today).state));
  return [...new Set(late.map(({ obligation }) => obligation.requirement.title))];
}

/** The figures of an inspection, and a random sample of the term's records; the same seed draws the same. */
export async function figuresAndSample(
  trx: Trx,
  facts: Facts,
  of: Inspected,
  seed: string,
): Promise<{ figures: InspectionFigures; sample: string[] }> {
  const { programme, today } = facts;
  const duties = (await dutiesOf(trx, facts, of)).map((c) => ({ ...c, ...standing(c.obligation, c.done, today) }));
  const started = duties.filter((d) => d.state !== 'upcoming' && d.state !== 'waived');
  const term: Range = summaryDays(programme, 'term', today)?.term ?? { start: today, end: today };
  const dates = { start: term.start, end: today };
  const fed = await activitiesFeeding(trx, programme.id, keysOf(facts, of), [...ACTIVITY_KINDS], dates);
  const records = fed.map(({ activity }) => activity).filter((a) => a.status === 'done');
  const photos = await evidenceCounts(
    trx,
    programme.id,
    records.map((a) => a.id),
  );
  const wanting = duties.filter((d) => ['photo', 'document'].includes(d.obligation.requirement.evidence));
  const bare = records.filter(
    (a) => !photos.get(a.id) && wanting.some((d) => credit(d.obligation, [a], programme).counted.length > 0),
  );
  return {
    figures: {
      duties: started.length,
      met: started.filter((d) => d.state === 'met').length,
      late: started.filter((d) => LATE.includes(d.state)).length,
      records: records.length,
      bare: bare.length,
    },
    sample: sampleOf(
      records.map((a) => a.id),
      SAMPLE,
      seed,
    ),
  };
}
