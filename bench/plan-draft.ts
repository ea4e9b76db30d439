/**
 * Compares the drafts of source documents with the presets made from them: `node bench/plan-draft.ts DIR`, with the documents that
 * the presets' `source` names in DIR. Prints what was found, missed and invented; this repository does not contain the documents.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DraftPlan, draftPlans } from '../src/drafting/draft.ts';
import { readPresets } from '../src/files.ts';
import type { Plan, Requirement } from '../src/plan/plan.ts';

const [dir = '.'] = process.argv.slice(2);
const files = readdirSync(dir);
const HAN = '一二三四五六七八九十';

function draftFor({ source = '' }: Plan): DraftPlan | undefined {
  const [file, part] = source.split(' ');
  const name = files.find((f) => f === file);
  if (!name) return undefined;
  const drafts = draftPlans(readFileSync(join(dir, name), 'utf8'), name);
  return drafts[part ? HAN.indexOf(part.at(-1)!) : 0];
}

const asked = (r: { measure: string; count: number }) => `${r.measure} ${r.count}`;
const same = (r: Requirement, d: DraftPlan['demands'][number]): boolean =>
  [r.activity, ...(r.also ?? [])].some((kind) => [d.activity, ...(d.also ?? [])].includes(kind)) &&
  asked(r) === asked(d) &&
  JSON.stringify(r.period) === JSON.stringify(d.period);

const sum = { demanded: 0, found: 0, drafted: 0, right: 0, all: 0, foundOfAll: 0 };
for (const plan of readPresets().values()) {
  const draft = draftFor(plan);
  if (!draft) continue;
  const unmatched = [...draft.demands];
  const missed: Requirement[] = [];
  for (const r of plan.requirements) {
    const at = unmatched.findIndex((d) => same(r, d));
    sum.all += 1;
    if (!r.assumed) sum.demanded += 1;
    if (at >= 0) {
      unmatched.splice(at, 1);
      sum.foundOfAll += 1;
      if (!r.assumed) sum.found += 1;
    } else missed.push(r);
  }
  sum.drafted += draft.demands.length;
  sum.right += draft.demands.length - unmatched.length;
  console.log(
    `${plan.id}: ${plan.requirements.length - missed.length} of ${plan.requirements.length}, ${unmatched.length} besides`,
  );
  for (const r of missed)
    console.log(
      `  missed${r.assumed ? ' (assumed)' : ''}: ${r.id} ${r.activity} ${asked(r)} ${JSON.stringify(r.period)} | ${r.basis?.paraphrase}`,
    );
  for (const d of unmatched)
    console.log(
      `  besides: ${d.activity} ${d.subject} ${asked(d)} ${JSON.stringify(d.period)} [${d.clause}] ${d.title}  ${d.doubts.length ? '?' : ''}`,
    );
}
console.log(
  `said outright: ${sum.found} of ${sum.demanded}; all rows of the presets: ${sum.foundOfAll} of ${sum.all}; drafted ${sum.drafted}, of which ${sum.right} are in the presets`,
);
