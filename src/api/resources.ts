import { groupName } from '../cards/summary.ts';
import { ACTIVITY_COLUMNS } from '../open-data/activities.ts';
import { type OpenColumn, openValues, type Sight, type Value } from '../open-data/column.ts';
import { OBLIGATION_COLUMNS, obligationRow, STATES } from '../open-data/obligations.ts';
import { PROGRAMME_COLUMNS, SUMMARY_COLUMNS } from '../open-data/programmes.ts';
import { ACTIVITY_KINDS } from '../plan/activity.ts';
import { isYmd } from '../plan/dates.ts';
import { GROUPINGS, SPANS } from '../plan/summary.ts';
import type { Db } from '../store/db.ts';
import { activitiesAfter, type IdPage, obligationsAfter } from '../store/open-data.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import { readSummary } from '../store/summary.ts';

/** A filter of a list, for both the document and the check of a request. */
export interface Parameter {
  name: string;
  says: string;
  required?: true;
  format?: 'date';
  values?: readonly string[];
  standard?: string;
}

export interface PageAsked {
  db: Db;
  programme: StoredProgramme;
  sight: Sight;
  page: IdPage;
  /** Checked against the parameters. */
  given: Record<string, string | undefined>;
}
export interface Answered {
  rows: Record<string, Value>[];
  /** The id after which the next page begins; undefined on the last page. */
  last?: string;
}

/** One list of the open data. Its name is also the scope that opens it. */
export interface Resource {
  says: string;
  columns: readonly OpenColumn<never>[];
  parameters: readonly Parameter[];
  /** Whether there may be more than one page. */
  paged: boolean;
  read(asked: PageAsked): Promise<Answered>;
}

const PROGRAMME: Parameter = { name: 'programme', required: true, says: 'Id of the programme' };
const FROM: Parameter = { name: 'from', format: 'date', says: 'Only rows that end on this day or later' };
const TO: Parameter = { name: 'to', format: 'date', says: 'Only rows that begin on this day or earlier' };

const within = (start: string, end: string, { from = '', to = '9999-12-31' }: PageAsked['given']) =>
  end >= from && start <= to;
const wanted = (value: string, asked: string | undefined) => asked === undefined || asked === value;

/** A page that was read completely, whatever the filter kept of it: a filtered list costs no more than a full one. */
const lastOf = (found: { id: string }[], { size }: IdPage) => (found.length < size ? undefined : found.at(-1)?.id);

export const RESOURCES: Record<string, Resource> = {
  programmes: {
    says: 'The programmes that the token opens',
    columns: PROGRAMME_COLUMNS as OpenColumn<never>[],
    parameters: [],
    paged: false,
    read: async ({ programme, sight }) => ({ rows: [openValues(PROGRAMME_COLUMNS, programme, sight)] }),
  },
  obligations: {
    says: 'Obligations of a programme, each as it stands today',
    columns: OBLIGATION_COLUMNS as OpenColumn<never>[],
    parameters: [PROGRAMME, FROM, TO, { name: 'state', values: STATES, says: 'Only those in this state' }],
    paged: true,
    read: async ({ db, programme, sight, page, given }) => {
      const found = await obligationsAfter(db, programme, page);
      const rows = found
        .filter(({ obligation: { period } }) => within(period.start, period.end, given))
        .map((c) => obligationRow(c.obligation, c.done, sight))
        .filter(({ standing }) => wanted(standing.state, given.state));
      return {
        rows: rows.map((row) => openValues(OBLIGATION_COLUMNS, row, sight)),
        last: lastOf(
          found.map((c) => c.obligation),
          page,
        ),
      };
    },
  },
  activities: {
    says: 'Activities of a programme, in any state, planned and withdrawn ones included',
    columns: ACTIVITY_COLUMNS as OpenColumn<never>[],
    parameters: [PROGRAMME, FROM, TO, { name: 'kind', values: ACTIVITY_KINDS, says: 'Only those of this kind' }],
    paged: true,
    read: async ({ db, programme, sight, page, given }) => {
      const found = await activitiesAfter(db, programme.id, page);
      const rows = found.filter((a) => within(a.date, a.dateTo ?? a.date, given) && wanted(a.kind, given.kind));
      return { rows: rows.map((row) => openValues(ACTIVITY_COLUMNS, row, sight)), last: lastOf(found, page) };
    },
  },
  summary: {
    says: 'Figures of the current term, as on the leaders’ weekly card: first the total, then each group',
    columns: SUMMARY_COLUMNS as OpenColumn<never>[],
    parameters: [
      PROGRAMME,
      { name: 'span', values: SPANS, standard: 'week', says: 'The span that met_now and met_before cover' },
      { name: 'by', values: GROUPINGS, standard: 'requirement', says: 'What the groups are' },
    ],
    paged: false,
    read: async ({ db, programme, sight, given }) => {
      const by = given.by as (typeof GROUPINGS)[number];
      const span = given.span as (typeof SPANS)[number];
      const figures = await readSummary(db, programme, { realm: { kind: 'programme' }, span, by, today: sight.today });
      const rows = figures
        ? [
            { group: figures.total, name: programme.name },
            ...figures.groups.map((group) => ({ group, name: groupName(programme, by, group.key) })),
          ]
        : [];
      return { rows: rows.map((row) => openValues(SUMMARY_COLUMNS, row, sight)) };
    },
  },
};

/** The scope that shows names of staff and their own words, in every list that the token opens. */
export const NAMES = 'names';

/** The problem with a query, or its values with defaults filled in. */
export function checked(
  { parameters, paged }: Resource,
  query: Record<string, unknown>,
): { problem: string } | { given: PageAsked['given'] } {
  const known = [...parameters.map((p) => p.name), ...(paged ? ['limit', 'after'] : []), 'format'];
  const strange = Object.keys(query).find((name) => !known.includes(name));
  if (strange) return { problem: `unknown parameter ${strange}; expected one of ${known.join(', ')}` };
  const given: PageAsked['given'] = {};
  for (const { name, required, format, values, standard } of parameters) {
    const value = query[name] ?? standard;
    if (value === undefined && required) return { problem: `${name} is missing` };
    if (value === undefined) continue;
    if (typeof value !== 'string') return { problem: `${name} is given more than once` };
    if (format === 'date' && !isYmd(value)) return { problem: `${name}: expected a date YYYY-MM-DD` };
    if (values && !values.includes(value)) return { problem: `${name}: expected one of ${values.join(', ')}` };
    given[name] = value;
  }
  return { given };
}
