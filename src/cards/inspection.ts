import type { Ymd } from '../plan/dates.ts';
import type { Finding, Inspection, InspectionFigures } from '../plan/inspection.ts';
import { type ActivityShown, activityLine } from './activity-line.ts';
import { press } from './buttons.ts';
import { button, buttons, type Card, card, type Element, markdown, note } from './card.ts';
import { nearDate, shortDate } from './dates.ts';
import { DONE } from './duty.ts';
import { datePicker, form, input, multiSelect, type Option, submit } from './form-fields.ts';
import { clip, join, type Markdown, md } from './markdown.ts';
import type { Texts } from './texts/zh-CN.ts';

export interface FindingShown {
  n: number;
  text: string;
  owners: string[];
  due: Ymd;
  state: Finding['state'];
  answers: { by: string; text: string }[];
}

/** A finding that its reader must act on. */
export interface FindingAsked {
  inspection: string;
  text: string;
  due: Ymd;
  isOpen: boolean;
}

export interface InspectionModel {
  inspection: string;
  name: string;
  on: Ymd;
  by: string;
  state: Inspection['state'];
  figures: InspectionFigures;
  /** Titles of the late duties, up to what the card draws. */
  late: string[];
  sample: ActivityShown[];
  findings: FindingShown[];
  /** Whether the reader carries it on, must act on a finding, or only reads. */
  reader: 'inspector' | 'owner' | 'reader';
  /** People the inspector may ask to act. */
  people: Option[];
  /** As a circular: the findings without names. */
  circular?: boolean;
}

const MOST = 5;

/**
 * 督导: what was expected, what was sampled, what was found, and who resolves it. Actions `add_finding` (fields `text`, `who`,
 * `due`), `answer_finding` (field `answer`), `mend_finding` {n}, `circulate`, `close_inspection`, each with {inspection}.
 */
export function inspectionCard(model: InspectionModel, t: Texts): Card {
  const i = t.inspection;
  const { inspection, state, reader, findings, circular } = model;
  const isUnderWay = state !== 'closed' && !circular;
  return card({
    title: circular ? i.circular : i.states[state],
    template: state === 'closed' ? 'grey' : findings.some((f) => f.state !== 'mended') ? 'orange' : 'blue',
    elements: [
      markdown(
        circular
          ? md`${i.circularText(clip(model.name, 40), shortDate(model.on, t))}`
          : md`**${i.headline(clip(model.name, 40), shortDate(model.on, t), clip(model.by, 20))}**`,
      ),
      note(md`${figuresLine(model.figures, t)}`),
      ...(circular ? [] : lists(model, t)),
      markdown(join([md`**${i.findings}**`, ...findingLines(findings, t, circular === true)])),
      isUnderWay && reader === 'inspector' ? writes(model, t) : undefined,
      isUnderWay && reader === 'owner' && findings.some((f) => f.state !== 'mended')
        ? answers(inspection, t)
        : undefined,
      isUnderWay && reader === 'inspector' ? steps(model, t) : undefined,
    ],
  });
}

/**
 * Findings that wait for the reader's answer, earliest first; answered ones are struck out. Action `show_inspection`
 * {inspection}.
 */
export function findingsAsked(
  { today, findings, most }: { today: Ymd; findings: FindingAsked[]; most: number },
  t: Texts,
): Card {
  const open = findings.filter((f) => f.isOpen);
  const line = ({ text, due, isOpen }: FindingAsked): Markdown => {
    if (!isOpen) return md`${DONE} ~~${clip(text, 120)}~~`;
    const when = due < today ? t.morning.since(shortDate(due, t, today)) : t.morning.by(nearDate(due, t, today));
    return md`- ${clip(text, 120)} · ${when}`;
  };
  return card({
    title: open.length > 0 ? t.inspection.asked(open.length) : t.morning.doneTitle,
    template: open.length === 0 ? 'green' : open.some((f) => f.due < today) ? 'orange' : 'blue',
    elements: [
      markdown(
        join(
          findings
            .toSorted((a, b) => (a.due < b.due ? -1 : 1))
            .slice(0, most)
            .map(line),
        ),
      ),
      buttons(
        ...[...new Set(open.map((f) => f.inspection))]
          .slice(0, MOST)
          .map((inspection) =>
            button(t.inspection.reply, press('show_inspection', { inspection }), { type: 'primary' }),
          ),
      ),
    ],
  });
}

export const figuresLine = ({ duties, met, late, records, bare }: InspectionFigures, t: Texts): string =>
  `${t.inspection.figures(duties, met, late)} · ${t.inspection.records(records, bare)}`;

function lists({ late, sample }: InspectionModel, t: Texts): (Element | undefined)[] {
  const i = t.inspection;
  return [
    late.length > 0
      ? markdown(join([md`**${i.lateDuties}**`, ...late.slice(0, MOST).map((title) => md`- ${clip(title, 60)}`)]))
      : undefined,
    sample.length > 0
      ? markdown(
          join([md`**${i.drawn(sample.length)}**`, ...sample.slice(0, MOST).map((a) => activityLine(a, t, false))]),
        )
      : undefined,
  ];
}

function findingLines(findings: FindingShown[], t: Texts, circular: boolean): Markdown[] {
  const i = t.inspection;
  if (findings.length === 0) return [md`${i.noFindings}`];
  return findings
    .slice(-10)
    .map((f) =>
      join([
        md`${i.found(f.n, clip(f.text, 200))} · **${i.findingStates[f.state]}**`,
        circular
          ? md`${shortDate(f.due, t)}`
          : md`<font color='grey'>${i.owner(clip(f.owners.join(t.comma), 60), shortDate(f.due, t))}</font>`,
        ...(circular ? [] : f.answers.slice(-2).map((a) => md`> ${clip(a.by, 20)}：${clip(a.text, 200)}`)),
      ]),
    );
}

function writes({ inspection, people }: InspectionModel, t: Texts): Element {
  const i = t.inspection;
  return form('finding', [
    input({ name: 'text', label: i.write, required: true, multiline: true, maxLength: 200 }),
    ...(people.length > 0 && people.length <= 40
      ? [markdown(md`${i.who}`), multiSelect({ name: 'who', options: people, placeholder: t.form.choose })]
      : []),
    markdown(md`${i.due}`),
    datePicker({ name: 'due', placeholder: t.form.choose }),
    submit(i.add, press('add_finding', { inspection })),
  ]);
}

const answers = (inspection: string, t: Texts): Element =>
  form('finding_answer', [
    input({ name: 'answer', label: t.inspection.answerLabel, required: true, multiline: true, maxLength: 500 }),
    submit(t.inspection.reply, press('answer_finding', { inspection })),
  ]);

function steps({ inspection, findings, state }: InspectionModel, t: Texts): Element | undefined {
  const i = t.inspection;
  return buttons(
    ...findings
      .filter((f) => f.state === 'answered')
      .slice(0, MOST)
      .map((f) => button(i.mended(f.n), press('mend_finding', { inspection, n: f.n }), { small: true })),
    state === 'open' && findings.length > 0
      ? button(i.circulate, press('circulate', { inspection }), { type: 'primary' })
      : undefined,
    button(i.close, press('close_inspection', { inspection })),
  );
}
