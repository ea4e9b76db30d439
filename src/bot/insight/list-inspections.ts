import { shortDate } from '../../cards/dates.ts';
import { inspectedName } from '../../plan/inspection.ts';
import { realmOf } from '../../plan/policy.ts';
import { inspectionsOf } from '../../store/inspections.ts';
import { mayInspect } from '../inspection/card.ts';
import { permit } from '../intake/permit.ts';
import { cell, type Lister, personName } from './lister.ts';

/** 督导情况, 整改情况: the inspections that the reader may carry on, or that have a finding for them to resolve; the newest first. */
export const inspectionList: Lister = async (trx, facts, _ids, { page, size }) => {
  const { programme, me, t, today } = facts;
  const all = await inspectionsOf(trx, programme.id);
  const mine = all.filter(
    (i) => mayInspect(me, i, programme) || i.findings.some((finding) => finding.ownerIds.includes(me.id)),
  );
  if (mine.length === 0 && realmOf(me, 'inspect', programme) === undefined)
    permit(facts, 'inspect', { kind: 'programme' });
  const c = t.lists.columns;
  return {
    columns: [
      { key: 'name', label: c.name },
      { key: 'date', label: c.date },
      { key: 'by', label: c.reported },
      { key: 'findings', label: c.findings, type: 'number' },
      { key: 'unmended', label: c.unmended, type: 'number' },
      { key: 'state', label: c.state },
    ],
    rows: mine.slice((page - 1) * size, page * size).map((i) => ({
      name: cell(inspectedName(programme, i.of)),
      date: shortDate(i.on, t, today),
      by: personName(facts, i.personId),
      findings: i.findings.length,
      unmended: i.findings.filter((f) => f.state !== 'mended').length,
      state: t.inspection.states[i.state],
    })),
    total: mine.length,
  };
};
