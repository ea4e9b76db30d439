import { circularReaders, type Inspection, withFinding } from '../../plan/inspection.ts';
import { filed } from '../files/export.ts';
import type { Action } from '../intake/outcome.ts';
import { carriedOn, shows, tells } from './concerned.ts';

/** The inspector has looked: this one is put right. */
export const mendFindingAction: Action<'mend_finding'> = {
  name: 'mend_finding',
  run: async (trx, facts, { value }) => {
    const before = await carriedOn(trx, facts, value.inspection);
    const finding = before.findings.find((f) => f.n === value.n);
    if (!finding || finding.state === 'mended' || before.state === 'closed') return { say: shows(trx, facts, before) };
    const inspection = withFinding(before, value.n, (f) => ({ ...f, state: 'mended' }));
    const told = await tells(trx, facts, inspection, `mended:${value.n}`, finding.ownerIds);
    return { do: [{ what: 'inspection', inspection }, ...told], say: shows(trx, facts, inspection) };
  },
};

/** 印发通报: a card to the schools, and the document to the one who pressed. Once. */
export const circulateAction: Action<'circulate'> = {
  name: 'circulate',
  run: async (trx, facts, { value }) => {
    const before = await carriedOn(trx, facts, value.inspection);
    if (before.state !== 'open') return { say: shows(trx, facts, before) };
    const inspection: Inspection = { ...before, state: 'circulated', circulatedOn: facts.today };
    const readers = circularReaders(facts.programme, inspection, facts.today);
    const file = filed(facts, { what: 'circular', inspection: inspection.id });
    return {
      do: [
        { what: 'inspection', inspection },
        ...(await tells(trx, facts, inspection, 'circular', readers, true)),
        ...(file.do ?? []),
      ],
      say: shows(trx, facts, inspection),
      toast: { type: 'success', content: facts.t.inspection.circulated },
    };
  },
};

/** 结束并归档, when nothing is left to be put right. */
export const closeInspectionAction: Action<'close_inspection'> = {
  name: 'close_inspection',
  run: async (trx, facts, { value }) => {
    const before = await carriedOn(trx, facts, value.inspection);
    const open = before.findings.filter((f) => f.state !== 'mended').length;
    if (before.state === 'closed' || open > 0) {
      const content = open > 0 ? facts.t.inspection.unmended(open) : facts.t.inspection.closed;
      return { say: shows(trx, facts, before), toast: { type: 'info', content } };
    }
    const inspection: Inspection = { ...before, state: 'closed', closedOn: facts.today };
    return {
      do: [{ what: 'inspection', inspection }],
      say: shows(trx, facts, inspection),
      toast: { type: 'success', content: facts.t.inspection.closed },
    };
  },
};
