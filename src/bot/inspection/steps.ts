import { notice } from '../../cards/index.ts';
import { circularReaders, type Inspection, schoolsInspected, withFinding } from '../../plan/inspection.ts';
import { realmOf } from '../../plan/policy.ts';
import { inspectionsOf } from '../../store/inspections.ts';
import { filed } from '../files/export.ts';
import { privately } from '../insight/privately.ts';
import type { Action, Command } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { report } from '../report/report.ts';
import { cardOfInspection } from './card.ts';
import { carriedOn, informConcerned, shows } from './concerned.ts';

/** The inspector has checked that this finding is resolved. */
export const mendFindingAction: Action<'mend_finding'> = {
  name: 'mend_finding',
  run: async (trx, facts, { value }) => {
    const before = await carriedOn(trx, facts, value.inspection);
    const finding = before.findings.find((f) => f.n === value.n);
    if (!finding || finding.state === 'mended' || before.state === 'closed') return { say: shows(trx, facts, before) };
    const inspection = withFinding(before, value.n, (f) => ({ ...f, state: 'mended' }));
    const notified = await informConcerned(trx, facts, inspection, `mended:${value.n}`, finding.ownerIds);
    return { do: [{ what: 'inspection', inspection }, ...notified], say: shows(trx, facts, inspection) };
  },
};

/** 印发通报: sends a card to the schools and the document to the person who clicked. Only once. */
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
        ...(await informConcerned(trx, facts, inspection, 'circular', readers, true)),
        ...(file.do ?? []),
      ],
      say: shows(trx, facts, inspection),
      toast: { type: 'success', content: facts.t.inspection.circulated },
    };
  },
};

/** 结束并归档, once every finding is resolved. */
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

/** 印发通报, 通报批评山口小学, 督查结果全市通报: circulates the findings of the sender's newest open inspection. */
export const circularCommand: Command<{ text: string }> = {
  name: 'circular',
  match: (text) =>
    /^(?:印发|下发|发布|发)(?:督导|检查)?通报$|^(?:请)?(?:对\S{2,20})?通报批评|^\S{2,20}?(?:不力|不到位|不落实|滞后|没落实)[，,]?(?:予以|给予|请|要|应|应当)?通报|^(?:督查|督导|检查)结果\S{0,6}通报$/u.test(
      plainQuestion(text),
    )
      ? { text }
      : undefined,
  run: async (trx, facts, { text }) => {
    const { programme, me, t } = facts;
    if (realmOf(me, 'inspect', programme) === undefined) return report(trx, facts, text);
    const school = programme.schools.find((s) => [s.name, ...s.short].some((name) => text.includes(name)));
    const inspection = (await inspectionsOf(trx, programme.id, { open: true })).find(
      (i) => i.personId === me.id && (!school || schoolsInspected(programme, i.of).includes(school.id)),
    );
    if (inspection) return privately(facts, t.inspection.circular, (alone) => cardOfInspection(trx, alone, inspection));
    return { say: () => notice({ title: t.inspection.circular, text: t.inspection.nothingOpen }, t) };
  },
};
