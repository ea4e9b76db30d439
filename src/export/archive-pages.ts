/** The pages of an archive: what each document says. Pupils are named where `mayName` allows, else they are numbers. */

import type { Texts } from '../cards/index.ts';
import type { Activity } from '../plan/activity.ts';
import { localWords } from '../plan/clock.ts';
import { rosterOf } from '../plan/roster.ts';
import { spellsOf } from '../plan/spells.ts';
import { shownCount } from '../plan/standing.ts';
import type { PastChange } from '../store/ledger.ts';
import type { Counted } from '../store/obligations.ts';
import type { StoredProgramme } from '../store/programmes.ts';
import type { ArchiveOf } from './archive-facts.ts';
import type { Page } from './documents.ts';
import { tellsOfPupil } from './ledger.ts';

export interface About {
  programme: StoredProgramme;
  of: ArchiveOf;
  mayName: (pupilId: string) => boolean;
  timezone: string;
}

export const schoolLine = (programme: StoredProgramme, id: string | undefined) =>
  rosterOf(programme).schoolName(id) ?? '';
export const personOf = (programme: StoredProgramme, id: string) => rosterOf(programme).personName(id) ?? '';

/** What the archive is about, as its summary is headed. */
export function nameOf({ programme, of, mayName }: About, t: Texts): string {
  const roster = rosterOf(programme);
  if (of.kind === 'person') return personOf(programme, of.id);
  if (of.kind === 'pupil') return mayName(of.id) ? (roster.pupil.get(of.id)?.name ?? '') : t.hiddenPupils(1);
  const pairing = roster.pairing.get(of.id);
  return `${schoolLine(programme, pairing?.supporterId)}→${schoolLine(programme, pairing?.recipientId)}`;
}

/** 方案: what is asked, with the clause that asks it. */
export const planPage = (counted: Counted[], t: Texts): Page => ({
  title: t.archive.plan,
  paragraphs: [...new Map(counted.map((c) => [c.obligation.requirement, c.obligation])).values()].flatMap(
    ({ requirement: r, target }) => [
      `${r.title} ${t.amount(target, r.measure)}${r.assumed ? `（${t.assumed}）` : ''}`,
      `　${r.basis ? `${r.basis.clause} ${r.basis.paraphrase}` : t.why.ownPlan}`,
    ],
  ),
});

/** 协议: who helps whom, since when. */
export function agreementPage({ programme, of, mayName }: About, t: Texts): Page {
  const roster = rosterOf(programme);
  const a = t.archive;
  if (of.kind === 'pairing') {
    const p = roster.pairing.get(of.id);
    return {
      title: a.agreement,
      facts: [
        [a.supporter, schoolLine(programme, p?.supporterId)],
        [a.recipient, schoolLine(programme, p?.recipientId)],
        [a.agreement, p?.agreement ?? a.noAgreement],
        ...(p ? spellsOf(p) : [{}]).flatMap(({ from, to }): [string, string | undefined][] => [
          [a.from, from],
          [a.to, to],
        ]),
        [
          a.team,
          [
            ...(p?.team ?? []).map((id) => personOf(programme, id)),
            ...(p?.formerTeam ?? []).map((f) => `${personOf(programme, f.personId)}（${a.to} ${f.to}）`),
          ].join(t.comma),
        ],
      ],
    };
  }
  const cares = of.kind === 'pupil' ? roster.caresOfPupil.get(of.id) : roster.caresOfMentor.get(of.id);
  return {
    title: a.agreement,
    paragraphs: (cares ?? []).map((c) =>
      [
        `${a.mentor}：${personOf(programme, c.mentorId)}`,
        `${t.fields.pupils}：${mayName(c.pupilId) ? roster.pupil.get(c.pupilId)?.name : t.hiddenPupils(1)}`,
        c.kind,
        ...spellsOf(c).flatMap(({ from, to }) => [from && `${a.from} ${from}`, to && `${a.to} ${to}`]),
      ]
        .filter(Boolean)
        .join('　'),
    ),
  };
}

/** The four pages of an activity's folder: 方案, 措施, 记录, 总结, in this order. */
export function activityPages(x: Activity, asked: Counted[], history: PastChange[], about: About, t: Texts): Page[] {
  return [askedPage(asked, t), measuresPage(x, about, t), recordPage(x, history, about, t), resultPage(x, about, t)];
}

const askedPage = (asked: Counted[], t: Texts): Page => ({
  title: t.archive.plan,
  paragraphs:
    asked.length === 0
      ? [t.recorded.feedsNone]
      : asked.map(
          ({ obligation: o, done }) =>
            `${o.requirement.title} ${t.reasons.period(o.period)} ${shownCount(done)}/${o.target}`,
        ),
});

const measuresPage = (x: Activity, { programme }: About, t: Texts): Page => ({
  title: t.archive.measures,
  facts: [
    [t.fields.mode, x.mode && t.modes[x.mode]],
    [t.fields.place, schoolLine(programme, x.placeId ?? x.toId ?? x.partnerId)],
    [t.fields.participants, x.participantIds.map((id) => personOf(programme, id)).join(t.comma)],
    [t.fields.items, x.items?.map((i) => `${i.name}${i.qty ?? ''}${i.unit ?? ''}`).join(t.comma)],
  ],
  toWrite: t.archive.measuresToWrite,
});

function recordPage(x: Activity, history: PastChange[], { programme, mayName, timezone }: About, t: Texts): Page {
  const at = (ms: number) => localWords(ms, timezone);
  const { pupil } = rosterOf(programme);
  return {
    title: t.archive.record,
    facts: [
      [t.fields.kind, t.kinds[x.kind]],
      [t.fields.date, x.date],
      [t.fields.dateTo, x.dateTo],
      [t.recorded.by, personOf(programme, x.byId)],
      [t.fields.times, x.times],
      [t.fields.lessons, x.lessons],
      [t.fields.days, x.days],
      [t.fields.people, x.people],
      [t.fields.pieces, x.pieces],
      [t.fields.cashYuan, x.cashYuan],
      [t.fields.valueYuan, x.valueYuan],
      [t.fields.pupilCount, x.pupilCount ?? (x.pupilIds.length || undefined)],
      [
        t.fields.pupils,
        x.pupilIds
          .filter(mayName)
          .map((id) => pupil.get(id)?.name)
          .join(t.comma),
      ],
    ],
    paragraphs: history.map((c) => `${at(c.at)} ${personOf(programme, c.byId)} ${t.archive.changes[c.what]}`),
  };
}

/** The topic is somebody's own words: where it names a pupil who may not be named, it is left out. */
const resultPage = (x: Activity, { programme, mayName }: About, t: Texts): Page => ({
  title: t.archive.result,
  facts: [
    [t.ledger.status, t.ledger.states[x.status]],
    [t.fields.subject, x.subject],
    [t.fields.grade, x.grade],
    [t.fields.topic, x.topic && tellsOfPupil(x.topic, x, programme, mayName) ? t.ledger.hidden : x.topic],
    [
      t.papers.note,
      x.note && (x.pupilIds.some((id) => !mayName(id)) || tellsOfPupil(x.note, x, programme, mayName))
        ? t.ledger.hidden
        : x.note,
    ],
    [t.fields.evaluated, typeof x.evaluated === 'boolean' ? (x.evaluated ? t.form.yes : t.form.no) : undefined],
    [t.ledger.confirmation, x.confirmation && t.ledger.confirmations[x.confirmation]],
  ],
  toWrite: t.archive.words,
});
