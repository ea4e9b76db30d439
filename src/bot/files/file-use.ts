import type { MessageContent } from '../../lark/message.ts';
import { activitiesOfCause } from '../../store/ledger.ts';
import type { Trx } from '../../store/transaction.ts';
import type { Facts } from '../intake/facts.ts';
import { importsWorkbooks } from './import-scope.ts';
import { adoptsPlans } from './plan-draft.ts';

/** What the sender wants done with a file. A file that replies to a record is evidence for that record. */
export async function fileUse(
  trx: Trx,
  facts: Facts,
  { fileName }: Extract<MessageContent, { kind: 'file' }>,
): Promise<'workbook' | 'plan' | 'evidence'> {
  const { group, quotes } = facts;
  if (group || (quotes && (await activitiesOfCause(trx, quotes)).length > 0)) return 'evidence';
  if (/\.(?:xlsx|xlsm|xls|et|csv)$/i.test(fileName) && importsWorkbooks(facts)) return 'workbook';
  return /\.(?:docx|txt|md)$/i.test(fileName) && adoptsPlans(facts) ? 'plan' : 'evidence';
}
