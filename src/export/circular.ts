import type { Texts } from '../cards/index.ts';
import { figuresLine } from '../cards/inspection.ts';
import type { Inspection } from '../plan/inspection.ts';
import type { Page } from './documents.ts';

/** An inspection as a page: what was inspected, found and done about it. A circular names no person. */
export function inspectionPage(
  inspection: Inspection,
  about: {
    name: string;
    person: (id: string) => string;
    circular: boolean;
    /** Free words without the names of pupils that may not appear in the file. */
    words: (text: string, writerId?: string) => string;
  },
  t: Texts,
): Page {
  const i = t.inspection;
  const { circular, name, person, words } = about;
  const { on, figures, findings, closedOn } = inspection;
  return {
    title: circular ? i.circular : `${i.page} ${on}`,
    paragraphs: [
      i.circularText(name, on),
      figuresLine(figures, t),
      i.findings,
      ...(findings.length === 0 ? [i.noFindings] : []),
      ...findings.flatMap((f) => [
        `${i.found(f.n, words(f.text))}（${i.findingStates[f.state]}，${f.due}）`,
        ...(circular ? [] : [i.owner(f.ownerIds.map(person).join(t.comma), f.due)]),
        ...(circular ? [] : f.answers.map((a) => `${person(a.byId)}：${words(a.text, a.byId)}`)),
      ]),
      ...(closedOn ? [`${i.closed} ${closedOn}`] : []),
    ],
  };
}
