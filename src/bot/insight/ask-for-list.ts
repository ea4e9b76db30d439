import type { ListIds } from '../../cards/buttons.ts';
import { UserError } from '../../errors.ts';
import type { ActivityKind } from '../../plan/activity.ts';
import { peopleCalled } from '../../plan/called.ts';
import type { Pairing } from '../../plan/people.ts';
import { realmOf } from '../../plan/policy.ts';
import type { Programme } from '../../plan/programme.ts';
import type { Grouping, Span } from '../../plan/summary.ts';
import { schoolForms } from '../../reading/tokens/roster.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command, Outcome } from '../intake/outcome.ts';
import { permittedRealm } from '../intake/permit.ts';
import { plainQuestion } from '../intake/plain-question.ts';
import { personNamed } from '../people/names-and-dates.ts';
import { report } from '../report/report.ts';
import { countedCard } from './counted.ts';
import { showList } from './lists.ts';
import { recordsPage } from './my-records.ts';
import { privately } from './privately.ts';
import { askedIn, type QuestionAsked } from './questions.ts';
import { drawSummary } from './summary.ts';

/** 逾期: what is overdue for the people the sender coordinates. 谁没完成, 本周送教情况, 各校进度 …: the list the question asks for. */
export const overdueCommand: Command<{ asked: QuestionAsked; text: string }> = {
  name: 'overdue',
  each: 'apart',
  match: (text) => {
    const plain = plainQuestion(text);
    if (/^(?:谁)?逾期(?:名单|情况|了)?$|^overdue$/i.test(plain)) return { asked: { see: 'late' }, text };
    const asked = askedIn(plain);
    return asked && { asked, text };
  },
  run: async (trx, facts, { asked, text }) => {
    const oversees = realmOf(facts.me, 'counts', facts.programme) !== undefined;
    const reminds = realmOf(facts.me, 'remind', facts.programme) !== undefined;
    // A teacher who asks how often something was done means their own; a leader gets totals, not who is late.
    if (!oversees && ASKS_OWN.includes(asked.see)) return aboutOwnWork(trx, facts, asked, text);
    if (oversees && !reminds && asked.see === 'late') return summaryBy(trx, facts, 'requirement');
    if (asked.see === 'late' || !oversees) return showList(trx, facts, 'overdue', {}, 1);
    if ('about' in asked) return unmetAbout(trx, facts, asked.about, text);
    if (asked.see === 'duties') return showList(trx, facts, 'duties', { kind: asked.kind }, 1);
    if (asked.see === 'summary') return summaryBy(trx, facts, 'requirement');
    if (asked.see === 'lately') return showList(trx, facts, 'records', { span: 'week' }, 1);
    if (asked.see === 'mentors') return showList(trx, facts, 'roster', { of: 'pupils' }, 1);
    if (asked.see === 'count' && /还[要差剩]/u.test(text))
      return showList(trx, facts, 'duties', { kind: asked.kind, of: 'unmet' }, 1);
    if (asked.see === 'count') return counts(trx, facts, asked);
    if (asked.see === 'visitors' || asked.see === 'done') {
      const ids = asked.see === 'done' && asked.name ? idsNamed(facts.programme, asked.name, facts.me.schoolId) : {};
      if (!ids) return report(trx, facts, text);
      const of = asked.see === 'visitors' ? { of: 'trips' } : {};
      return showList(trx, facts, 'records', { ...ids, ...of, ...(asked.span && { span: asked.span }) }, 1);
    }
    if (asked.see === 'unmet') return showList(trx, facts, 'duties', { kind: asked.kind, of: 'unmet' }, 1);
    if (asked.see === 'records') return showList(trx, facts, 'records', { kind: asked.kind, span: asked.span }, 1);
    return summaryBy(trx, facts, 'school');
  },
};

/** For a teacher, these questions are about their own work. */
const ASKS_OWN: QuestionAsked['see'][] = ['summary', 'lately', 'records', 'count', 'visitors', 'done', 'mentors'];

function aboutOwnWork(
  trx: Trx,
  facts: Facts,
  asked: QuestionAsked,
  text: string,
): Promise<Outcome | Outcome[]> | Outcome {
  return asked.see === 'done' && !asked.name ? recordsPage(trx, facts, 1) : report(trx, facts, text);
}

async function counts(trx: Trx, facts: Facts, { kind, span }: { kind: ActivityKind; span?: Span }): Promise<Outcome> {
  const realm = permittedRealm(facts, 'counts');
  return privately(facts, facts.t.tasks.title, (alone) => countedCard(trx, alone, realm, kind, span));
}

/** Who has not yet done what a plan calls by this name: matched by paper or meeting words, or by title. */
function unmetAbout(trx: Trx, facts: Facts, about: string, text: string): Promise<Outcome | Outcome[]> {
  const named = facts.programme.plans.flatMap(({ plan }) =>
    plan.requirements
      .filter(({ title, accepts }) => title.includes(about) || accepts?.topic?.some((word) => about.includes(word)))
      .map((r) => ({ key: `${plan.id}/${r.id}`, exact: r.title.includes(about) })),
  );
  const requirement = (named.find((r) => r.exact) ?? named[0])?.key;
  return requirement === undefined
    ? report(trx, facts, text)
    : showList(trx, facts, 'duties', { requirement, of: 'unmet' }, 1);
}

const summaryBy = (trx: Trx, facts: Facts, by: Grouping): Outcome => ({
  say: () => drawSummary(trx, facts, { span: 'week', by }),
});

/** 通知, 通知 张老师: what was sent, what was not, and why. */
export const noticesCommand: Command<{ name?: string }> = {
  name: 'notices',
  each: ({ name }) => (name === undefined ? 'apart' : undefined),
  match: (text) => {
    const found = /^(?:通知|notices)(?:[\s:：]+(\S+))?$/i.exec(text);
    return found ? (found[1] ? { name: found[1] } : {}) : undefined;
  },
  run: (trx, facts, { name }) => {
    const ids = name === undefined ? {} : { person: personNamed(facts, name).id };
    return showList(trx, facts, 'notices', ids, 1);
  },
};

const VIEWS = { 名册: 'roster', roster: 'roster', 未绑定: 'unbound', unbound: 'unbound', 打卡: 'attendance' } as const;

/** 学校名单, 全县有哪些学校, 哪些学校还没结对: the schools the sender answers for, with their partners. */
const SCHOOLS =
  /^(?:(?:[全本]?[县区市])?(?:结对)?学校(?:名单|列表|一览表?)|结对(?:帮扶)?(?:小组|对子)?名单|[全本][县区市]有?哪些学校|.{0,6}?(?:学校|园)?里?(?:还)?有?(?:哪些|哪几所)(?:学校|幼儿园|园)?还?(?:没有?|未)结对的?|schools)$/iu;
export const schoolsCommand: Command<object> = {
  name: 'schools',
  each: 'apart',
  match: (text) => (SCHOOLS.test(plainQuestion(text)) ? {} : undefined),
  run: (trx, facts) => showList(trx, facts, 'schools', {}, 1),
};

/** 督导情况, 哪些问题还没整改: the inspections and how far their findings are resolved. */
const INSPECTIONS =
  /^(?:督导|督查|检查|抽查)(?:情况|记录|台账|名单|列表|结果)(?:怎么样|如何)?$|^(?:问题)?整改(?:情况|进展|台账|清单)(?:怎么样|如何)?$|^.{0,10}?问题(?:都)?(?:还)?(?:没有?|未)?整改(?:好|到位|完)?了?(?:没有?)?$|^inspections$/iu;
export const inspectionsCommand: Command<object> = {
  name: 'inspections',
  each: 'apart',
  match: (text) => (INSPECTIONS.test(plainQuestion(text)) ? {} : undefined),
  run: (trx, facts) => showList(trx, facts, 'inspections', {}, 1),
};

/** 名册, 名册 学生, 未绑定, 打卡: the sender's people; 师徒名单, 领导小组名单: mentors and mentees, members of the team. */
const PAIRS =
  /^(?:[我本]?们?学?校|两校)?的?(?:师徒|(?:结对)?(?:帮扶)?(?<team>领导小?组))(?:结对|成员)?(?:名单|名册|有哪些人?|有谁|是谁)$/u;
export const peopleCommand: Command<{ view: 'roster' | 'unbound' | 'attendance'; of?: string }> = {
  name: 'people',
  each: 'apart',
  match: (text) => {
    const match = /^(名册|未绑定|打卡|roster|unbound)(?:结果|情况)?(\s*学生)?$/i.exec(
      text.replace(/^(?:给我|让我|我要|我想)?(?:看看|看一下|看|发)?(?:老师|教师|人员)?名单[。.!！]*$/u, '名册'),
    );
    const view = match && VIEWS[match[1]!.toLowerCase() as keyof typeof VIEWS];
    if (view) return { view, ...(match[2] !== undefined && { of: 'pupils' }) };
    const pairs = PAIRS.exec(plainQuestion(text));
    return pairs ? { view: 'roster', of: pairs.groups?.team ? 'team' : 'mentors' } : undefined;
  },
  run: (trx, facts, { view, of }) => showList(trx, facts, view, { of }, 1),
};

/** 陈志远还差什么, 万佑的进度怎么样: whose progress a question asks about. Only people and schools have progress. */
const WHOSE =
  /^(?<whose>[^，,。？?\s]{2,20}?)(?:(?:最近|目前|现在|这学期|本学期|这个月)?的?(?:表现|情况|进步|工作|帮扶工作)?(?:怎么样|咋样|如何)|的(?:进度|进展|任务|完成情况)(?:怎么样|如何)?|(?:现在|目前|本学期|这学期)?(?:还|都)?(?:差|缺|欠|剩)(?:些)?(?:什么|啥|哪些|几项|多少)(?:任务|没有?做|没完成|未完成)?)$/u;

/** 进度, 进度 学校|老师|甲校→乙校, 陈志远还差什么: x of y for everything the sender answers for, or for the one named. */
export const progressCommand: Command<{ name: string; text?: string }> = {
  name: 'progress',
  each: 'apart',
  match: (text) => {
    const question = plainQuestion(text);
    if (/^(?:进展|完成情况|(?:进度|进展|完成情况)(?:怎么样|如何))$/.test(question)) return { name: '' };
    const match = /^(?:进度|progress)(?:[\s:：]+(.{1,60}))?$/i.exec(text);
    if (match) return { name: match[1]?.trim() ?? '' };
    const subject = WHOSE.exec(question)?.groups?.whose;
    return subject && !/^(?:我|你|他|她|谁)/.test(subject) ? { name: subject, text } : undefined;
  },
  run: async (trx, facts, { name, text }) => {
    const ids = idsNamed(facts.programme, name, facts.me.schoolId);
    // 「小雨还差几次家访」 asks about the sender's own duties.
    if (ids?.school && ids.school !== facts.me.schoolId && facts.me.schoolId) {
      const pairing = facts.programme.pairings.find((p) => isBetween(p, [ids.school!, facts.me.schoolId!]));
      if (pairing) return showList(trx, facts, 'progress', { pairing: pairing.id }, 1);
    }
    if (!ids && text !== undefined) return report(trx, facts, text);
    if (!ids) throw new UserError('unknown_name', name);
    if (ids.person === undefined) return showList(trx, facts, 'progress', ids, 1);
    // A question in words asks about open duties.
    return showList(trx, facts, 'duties', text === undefined ? ids : { ...ids, of: 'unmet' }, 1);
  },
};

const isBetween = ({ supporterId, recipientId }: Pairing, schools: string[]): boolean =>
  schools.includes(supporterId) && schools.includes(recipientId);

/** A school, a pairing (`甲→乙`, `甲-乙`, `甲 乙`, `甲和乙`) or a person by name; of several namesakes, the one at the sender's school. */
export function idsNamed(programme: Programme, name: string, ownSchool: string | undefined): ListIds | undefined {
  if (name === '') return {};
  const schoolOf = (text: string): string | undefined => {
    const named = programme.schools.find((s) => s.name === text || s.short.includes(text));
    // 万佑 for 万佑学校, where only one school is called that.
    const [called, more] = named ? [named] : programme.schools.filter((s) => schoolForms(s).includes(text));
    return more ? undefined : called?.id;
  };
  const school = schoolOf(name);
  if (school) return { school };
  const [from, to] = name.split(/\s*(?:→|->|-|—|到|对|和|与|、|\s)\s*/).map(schoolOf);
  const pairing = programme.pairings.find((p) => p.supporterId === from && p.recipientId === to);
  if (pairing) return { pairing: pairing.id };
  const people = peopleCalled(programme, name);
  const person = people.find((p) => p.schoolId === ownSchool) ?? people[0];
  return person && { person: person.id };
}
