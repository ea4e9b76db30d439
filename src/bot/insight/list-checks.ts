import { type Card, notice } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { doubtsAbout } from '../../plan/checks.ts';
import type { School } from '../../plan/people.ts';
import type { Programme } from '../../plan/programme.ts';
import type { Lacking } from '../../plan/reasons.ts';
import { rosterOf } from '../../plan/roster.ts';
import { warningsFor } from '../../plan/roster-warnings.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { report } from '../report/report.ts';
import { idsNamed } from './ask-for-list.ts';
import { privately } from './privately.ts';

type Code = Lacking['code'];

interface Rule {
  name: string;
  says: string;
  when: RegExp;
  /** The gaps asked about; none: all. */
  codes?: Code[];
}

const WHO = '(?:还)?(?:有)?(?:谁|(?:哪[位些个几]|有没有)+(?:个|位)?(?:老师|教师|领导|人))';
const PUPIL = '(?:潜能生|困难生|贫困生|学困生|帮扶学生|学生|帮扶对象|对象)';

/** What people ask about the lists that a plan wants complete. */
export const CHECKS_ASKED: Rule[] = [
  {
    name: 'everything',
    says: '名单还缺什么',
    when: /^(?:名单|名册)(?:检查|核对|(?:还|都)?(?:缺|差|少)(?:什么|哪些|啥)?|有什么问题|不全|齐不齐|齐全?)$/u,
  },
  {
    name: 'teachers without pupils',
    says: '还有哪位老师没有帮扶潜能生',
    when: new RegExp(`^${WHO}(?:还)?(?:没有?|未)(?:结对|安排|落实)?(?:帮扶|带|结对)?(?:了|的)?${PUPIL}?$`, 'u'),
    codes: ['few_pupils'],
  },
  {
    name: 'teachers with too many',
    says: '谁帮扶的学生超过两名',
    when: new RegExp(`^${WHO}?帮扶的?${PUPIL}(?:太多|超(?:过|了)?.{0,4}|多了)$`, 'u'),
    codes: ['many_pupils'],
  },
  {
    name: 'whom a plan does not send',
    says: '谁不符合支教条件',
    when: new RegExp(`^${WHO}(?:不)?(?:符合|满足)支教的?(?:条件|要求)$`, 'u'),
    codes: ['too_old', 'long_rural'],
  },
];

/** 陆川符合支教条件吗, 何静能不能去支教. */
const MAY_GO =
  /^(?<who>\p{Script=Han}{2,6}?)(?:老师)?(?:(?:是否|是不是|符不|满不)?(?:符合|满足)(?:不符合)?支教的?(?:条件|要求)|(?:能不能|可不可以|能|可以)(?:去|选派去?|派去?)?支教)(?:没有)?$/u;

/** 崔庄中心小学缺哪些学科的老师. */
const SHORT_OF =
  /^(?<school>\p{Script=Han}{2,20}?)(?:还|都)?(?:缺|差|少)(?:乏)?(?:什么|哪些|哪几个|哪个|啥)(?:学科|科)?的?(?:老师|教师|学科)$/u;

/** 名单还缺什么, 谁没有帮扶学生: the gaps a coordinator can close; 陆川符合支教条件吗: what a plan asks of a volunteer. */
export const listChecksCommand: Command<{ codes?: Code[]; who?: string; school?: string; text: string }> = {
  name: 'list-checks',
  each: 'apart',
  match: (text) => {
    const plain = plainQuestion(text);
    const who = MAY_GO.exec(plain)?.groups?.who;
    const rule = CHECKS_ASKED.find(({ when }) => when.test(plain));
    if (rule) return { text, ...(rule.codes && { codes: rule.codes }) };
    const school = SHORT_OF.exec(plain)?.groups?.school;
    if (who !== undefined) return { text, who };
    return school === undefined ? undefined : { text, school };
  },
  run: async (trx, facts, { codes, who, school, text }) => {
    const { t, me, programme } = facts;
    if (school !== undefined) {
      const named = rosterOf(programme).school.get(idsNamed(programme, school, me.schoolId)?.school ?? '');
      if (!named) return report(trx, facts, text);
      const { name, lacks = [] } = named;
      const said = lacks.length > 0 ? t.checks.lacks(name, lacks.join(t.comma)) : t.checks.lacksUnsaid(name);
      return { say: () => notice({ title: t.checks.title, text: said }, t) };
    }
    if (who !== undefined) {
      const person = idsNamed(programme, who, me.schoolId)?.person;
      if (person === undefined) return report(trx, facts, text);
      permit(facts, 'archive', { kind: 'person', id: person });
      return privately(facts, t.checks.title, (alone) => eligibility(alone, person));
    }
    if (!me.roles.some((role) => role.endsWith('coordinator'))) throw new UserError('not_allowed');
    return privately(facts, t.checks.title, (alone) => gaps(alone, codes));
  },
};

const MOST = 12;

function gaps({ me, programme, t }: Facts, codes: Code[] | undefined): Card {
  const found = warningsFor(me, programme).filter(({ code }) => codes === undefined || codes.includes(code));
  const lines = found.slice(0, MOST).map((one) => `${t.reasons.lacking(one)}。${t.reasons.mend(one)}`);
  const more = found.length > MOST ? [t.more(found.length - MOST)] : [];
  const none = t.checks.noneOf[codes?.[0] ?? ''] ?? t.checks.none;
  const text = found.length > 0 ? t.lists.lacking(found.length) : none;
  return notice({ title: t.checks.title, text, lines: [...lines, ...more] }, t);
}

/** The schools paired with the person's that have said which subjects they lack. */
function shortOf(programme: Programme, personId: string): School[] {
  const { person, pairingsOfSchool, school } = rosterOf(programme);
  const pairs = pairingsOfSchool.get(person.get(personId)?.schoolId ?? '') ?? [];
  return pairs.flatMap((p) => school.get(p.recipientId) ?? []).filter(({ lacks = [] }) => lacks.length > 0);
}

/** What the plans ask of a volunteer, and what of it this person lacks or the list does not say. */
function eligibility({ programme, t }: Facts, personId: string): Card {
  const person = rosterOf(programme).person.get(personId)!;
  const asked = programme.plans.flatMap(({ plan }) =>
    plan.provisions.filter(({ check }) => check === 'volunteer_eligibility').map(({ text }) => text),
  );
  const doubts = doubtsAbout(programme, personId).map((one) => `${t.reasons.lacking(one)}。${t.reasons.mend(one)}`);
  const unsaid = [
    ...(person.born && person.sex ? [] : [t.checks.age]),
    ...(person.ruralYears === undefined ? [t.checks.ruralYears] : []),
  ];
  const verdict = person.volunteer ? t.checks.volunteer(person.name) : t.checks.fits(person.name);
  const lines = [
    ...doubts,
    ...(unsaid.length > 0 && !person.volunteer ? [t.checks.unsaid(unsaid.join(t.comma))] : []),
    ...asked,
    ...shortOf(programme, personId).map(({ name, lacks = [] }) => t.checks.lacks(name, lacks.join(t.comma))),
  ];
  if (asked.length === 0) return notice({ title: t.checks.title, text: t.checks.noConditions }, t);
  return notice({ title: t.checks.title, text: doubts.length > 0 ? t.checks.doubts(person.name) : verdict, lines }, t);
}
