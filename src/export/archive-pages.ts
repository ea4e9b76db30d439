/** The content of an archive's documents. Pupils are named if `mayName` allows it, otherwise they are numbers. */

import type { Texts } from '../cards/index.ts';
import { CARE_NOTES } from '../plan/activity.ts';
import { localWords } from '../plan/clock.ts';
import type { Ymd } from '../plan/dates.ts';
import type { Measure } from '../plan/plan.ts';
import { rosterOf } from '../plan/roster.ts';
import { spellsOf } from '../plan/spells.ts';
import { shownCount, standing } from '../plan/standing.ts';
import type { StoredActivity } from '../store/activities.ts';
import type { Counted } from '../store/obligations.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import type { ArchiveOf } from './archive-facts.ts';
import type { TermRecord } from './documents.ts';
import { namesHiddenPupil } from './ledger.ts';

export interface ArchiveAbout {
  programme: StoredProgramme;
  of: ArchiveOf;
  mayName: (pupilId: string) => boolean;
  timezone: string;
}

export const schoolLine = (programme: StoredProgramme, id: string | undefined) =>
  rosterOf(programme).schoolName(id) ?? '';
export const personLine = (programme: StoredProgramme, id: string) => rosterOf(programme).personName(id) ?? '';

/** The archive's subject, as its summary's heading names it. */
export function nameOf({ programme, of, mayName }: ArchiveAbout, t: Texts): string {
  const roster = rosterOf(programme);
  if (of.kind === 'person') return personLine(programme, of.id);
  if (of.kind === 'pupil') return mayName(of.id) ? (roster.pupil.get(of.id)?.name ?? '') : t.hiddenPupils(1);
  const pairing = roster.pairing.get(of.id);
  return `${schoolLine(programme, pairing?.supporterId)}→${schoolLine(programme, pairing?.recipientId)}`;
}

/** 协议: who helps whom, since when; for a pupil or person, their care. */
export function agreementFacts({ programme, of, mayName }: ArchiveAbout, t: Texts): TermRecord['agreement'] {
  const roster = rosterOf(programme);
  const a = t.archive;
  if (of.kind === 'pairing') {
    const p = roster.pairing.get(of.id);
    return [
      [a.supporter, schoolLine(programme, p?.supporterId)],
      [a.recipient, schoolLine(programme, p?.recipientId)],
      [a.agreement, p?.agreement ?? a.noAgreement],
      ...(p ? spellsOf(p) : [{}]).flatMap(({ from, to }): TermRecord['agreement'] => [
        [a.from, from],
        [a.to, to],
      ]),
      [
        a.team,
        [
          ...(p?.team ?? []).map((id) => personLine(programme, id)),
          ...(p?.formerTeam ?? []).map((f) => `${personLine(programme, f.personId)}（${a.to} ${f.to}）`),
        ].join(t.comma),
      ],
    ];
  }
  const cares = of.kind === 'pupil' ? roster.caresOfPupil.get(of.id) : roster.caresOfMentor.get(of.id);
  return (cares ?? []).map((c) => [
    `${a.mentor} ${personLine(programme, c.mentorId)}`,
    [
      mayName(c.pupilId) ? roster.pupil.get(c.pupilId)?.name : t.hiddenPupils(1),
      c.kind,
      ...spellsOf(c).flatMap(({ from, to }) => [from && `${a.from} ${from}`, to && `${a.to} ${to}`]),
    ]
      .filter(Boolean)
      .join('　'),
  ]);
}

/** A duty with its clause, and the numbers of the activities that it counts. */
export function dutyRow(
  { obligation: o, done }: Counted,
  { today, numbers }: { today: Ymd; numbers: number[] },
  { programme, mayName }: ArchiveAbout,
  t: Texts,
): TermRecord['duties'][number] {
  const { requirement: r } = o;
  const care = o.subject.kind === 'care' ? rosterOf(programme).care.get(o.subject.id) : undefined;
  const pupil = care && (mayName(care.pupilId) ? o.subject.name : t.hiddenPupils(1));
  return {
    title: [r.title, pupil].filter(Boolean).join(' '),
    period: t.reasons.period(o.period),
    done: `${shownCount(done)}/${t.amount(o.target, r.measure)}`,
    state: t.states[standing(o, done, today).state],
    records: numbers.join(t.comma),
    source: r.basis ? r.basis.clause : t.why.ownPlan,
  };
}

/** The notes about pupils: the talk's content, and the parts of a care record. */
const notesOf = ({ note, care = {} }: StoredActivity, t: Texts): string[] => [
  ...(note ? [note] : []),
  ...CARE_NOTES.flatMap((part) => (care[part] ? [`${t.fields[part]}：${care[part]}`] : [])),
];

/**
 * An activity as one row: when, what, who, where, about what, how much, whom, and its evidence. Free words are omitted if they name
 * a pupil who may not be named.
 */
export function archiveRow(
  x: StoredActivity,
  { photos, edits }: { photos: number; edits: number },
  { programme, mayName, timezone }: ArchiveAbout,
  t: Texts,
): string[] {
  const roster = rosterOf(programme);
  const free = (text: string | undefined) =>
    text && namesHiddenPupil(text, x, programme, mayName) ? t.ledger.hidden : text;
  const pupils = x.pupilIds.filter(mayName).map((id) => roster.pupil.get(id)?.name ?? '');
  // The notes are about these pupils, even if they do not name them.
  const noted = notesOf(x, t).map((note) => (x.pupilIds.every(mayName) ? free(note) : t.ledger.hidden));
  const hidden = (x.pupilCount ?? x.pupilIds.length) - pupils.length;
  const amount = (n: number | undefined, measure: Measure) => (n === undefined ? undefined : t.amount(n, measure));
  const line = (parts: (string | undefined)[]) => parts.filter(Boolean).join(t.comma);
  return [
    x.dateTo ? `${x.date} – ${x.dateTo}` : x.date,
    line([t.kinds[x.kind], x.status === 'done' ? undefined : t.ledger.states[x.status], x.mode && t.modes[x.mode]]),
    line([personLine(programme, x.byId), ...x.participantIds.map((id) => personLine(programme, id))]),
    schoolLine(programme, x.placeId ?? x.toId ?? x.partnerId),
    line([`${x.grade ?? ''}${x.subject ?? ''}`, free(x.topic), ...new Set(noted), free(x.reason)]),
    line([
      amount(x.times, 'times'),
      amount(x.lessons, 'lessons'),
      amount(x.days, 'days'),
      amount(x.people, 'people'),
      amount(x.pieces, 'documents'),
      ...(x.items ?? []).map((i) => `${i.name}${i.qty ?? ''}${i.unit ?? ''}`),
      amount((x.cashYuan ?? 0) + (x.valueYuan ?? 0) || undefined, 'yuan'),
    ]),
    line([...pupils, hidden > 0 ? t.hiddenPupils(hidden) : undefined]),
    line([
      photos > 0 ? `${t.archive.evidence} ${photos}` : undefined,
      x.confirmation && t.ledger.confirmations[x.confirmation],
      edits > 0 ? `${t.archive.changes.edited} ${edits}` : undefined,
      localWords(x.recordedAt, timezone),
    ]),
  ];
}
