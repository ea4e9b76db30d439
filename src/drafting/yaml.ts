/** Drafts as YAML plan files; a comment before a requirement says what a person has to check. */
import { Document, type YAMLMap, type YAMLSeq } from 'yaml';
import { type DraftPlan, requirementOf } from './draft.ts';

const CONFIRM = '请确认';

/** One document per plan: a valid plan file, or only a comment if it has no number and no date. */
export const draftYaml = (drafts: DraftPlan[], source: string): string =>
  drafts.map((draft) => yamlOf(draft, source)).join('---\n');

function yamlOf({ id, title, demands, unfit }: DraftPlan, source: string): string {
  const listed = unfit.map(({ clause, sentence }) => ` ${clause} ${sentence}`);
  if (demands.length === 0)
    return [`# ${title}：没有找到可以计数或有期限的要求。`, ...listed.map((line) => `#${line}`), ''].join('\n');
  const document = new Document({ id, title, source, requirements: demands.map(requirementOf) });
  const doubtful = demands.filter((d) => d.doubts.length > 0).length;
  document.commentBefore = ` 草稿：${demands.length} 条要求，其中 ${doubtful} 条有疑问，已标“${CONFIRM}”。`;
  const list = document.get('requirements') as YAMLSeq<YAMLMap>;
  for (const [i, { doubts }] of demands.entries())
    if (doubts.length > 0) list.items[i]!.commentBefore = ` ${CONFIRM}：${doubts.join('；')}`;
  if (listed.length > 0) document.comment = [' 像是要求，但没有次数和期限，没有列入：', ...listed].join('\n');
  return document.toString({ lineWidth: 130 });
}
