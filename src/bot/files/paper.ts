import { UserError } from '../../errors.ts';
import type { Paper } from '../../plan/plan.ts';
import { realmOf } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import { idsNamed } from '../insight/ask-for-list.ts';
import type { PaperOf } from '../intake/chore.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';
import { filed } from './export.ts';

/** How people ask for each paper; the first match wins. */
const ASKED: [paper: Paper, words: RegExp][] = [
  ['certificate', /支教证明|服务证明|挂职证明|证明/],
  ['register', /登记表|帮扶表/],
  ['commendation', /表彰|先进|推荐材料|典型材料/],
  ['appraisal', /考核|考评|评估|鉴定/],
  ['reflection', /心得|体会|反思|感悟/],
  ['summary', /总结|小结/],
  ['plan', /计划|方案/],
];

/** 写一份本学期总结, 帮我起草心得, 生成万佑的考核材料: a draft of facts as a document. */
export const paperCommand: Command<{ paper: Paper; name: string; span: 'term' | 'school_year' }> = {
  name: 'paper',
  match: (asked) => {
    // 年度总结写一份: the same in the opposite order.
    const turned =
      /^(?:请|麻烦|帮我|把|给[^，,。]{1,8}的)*([^，,。了过]{2,20}?)(?:帮我|给我)?(?:写|起草|出|生成|做)(?:一)?[份篇个][吧。.!！]*$/u.exec(
        asked,
      );
    const text = turned ? `写一份${turned[1]}` : asked;
    const request =
      /^(?:请|麻烦)?(?:帮我|给我|替我)?(?:写|起草|拟|代拟|生成|出具|出|开|做)(?:一[份篇张个]|份|篇|个)(?:草稿)?\s*(.{2,60}?)[。.!！]*$/u.exec(
        text,
      );
    const rest = request?.[1];
    const found = rest === undefined ? undefined : ASKED.find(([, words]) => words.test(rest));
    if (!found || rest === undefined) return undefined;
    const yearly = /学年|年度|全年|本年/u.test(rest) || (found[0] !== 'summary' && found[0] !== 'reflection');
    const name = ASKED.reduce((left, [, words]) => left.replaceAll(new RegExp(words, 'gu'), ''), rest)
      .replace(
        /捆绑|联合|推荐|双方|本学期|这学期|学期|本学年|学年|年度|全年|本年|结对|帮扶|工作|转化|材料|的|关于|活动|个人/gu,
        '',
      )
      .trim();
    return { paper: found[0], name, span: /学期/u.test(rest) || !yearly ? 'term' : 'school_year' };
  },
  run: async (_trx, facts, { paper, name, span }) => {
    const of = paperSubject(facts, paper, name);
    if (!of) throw new UserError('unknown_name', name);
    permit(facts, 'archive', of);
    return filed(facts, { what: 'paper', paper, of, span });
  },
};

/** What the request names. By default: the sender, or their school and its only pairing, or for a bureau everything. */
function paperSubject({ programme, me }: Facts, paper: Paper, name: string): PaperOf | undefined {
  const ids = idsNamed(programme, name, me.schoolId);
  if (ids?.pairing) return { kind: 'pairing', id: ids.pairing };
  if (ids?.school) return { kind: 'school', id: ids.school };
  if (ids?.person) return { kind: 'person', id: ids.person };
  if (name !== '') return undefined;
  const ofSchool =
    ['appraisal', 'commendation'].includes(paper) ||
    (['summary', 'plan'].includes(paper) && realmOf(me, 'archive', programme) !== undefined);
  const realm = me.schoolId ? undefined : realmOf(me, 'counts', programme);
  if (realm?.kind === 'district') return { kind: 'district', id: realm.id };
  if (realm) return { kind: 'programme', id: programme.id };
  if (!ofSchool || !me.schoolId) return { kind: 'person', id: me.id };
  const [only, more] = rosterOf(programme).pairingsOfSchool.get(me.schoolId) ?? [];
  return only && !more ? { kind: 'pairing', id: only.id } : { kind: 'school', id: me.schoolId };
}
