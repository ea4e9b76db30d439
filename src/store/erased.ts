/** Erased people, remembered as salted hashes that reveal no names, so that an older file does not bring them back. */
import { hash } from 'node:crypto';
import type { Problem } from '../plan/problems.ts';
import type { ProgrammeInput } from '../plan/programme-file.ts';
import type { Db } from './db.ts';
import { knownFacts, readMeta, writeMeta } from './meta.ts';
import type { Trx } from './transaction.ts';

const SALT = 'erased-salt';
const PREFIX = 'erased:';

/** Remembers an erased person by the keys under which a file may name them. */
export async function rememberErased(
  trx: Trx,
  programmeId: string,
  kind: 'person' | 'pupil',
  keys: string[],
  newSalt: () => string,
): Promise<void> {
  const known = await readMeta(trx, SALT);
  const salt = known ?? newSalt();
  if (known === undefined) await writeMeta(trx, SALT, salt);
  for (const key of new Set(keys)) await writeMeta(trx, nameOf(salt, programmeId, kind, key), '');
}

/** Rows of a file that name somebody who was erased from this programme. */
export async function erasedRows(db: Db | Trx, programmeId: string, input: ProgrammeInput): Promise<Problem[]> {
  const salt = await readMeta(db, SALT);
  if (salt === undefined) return [];
  const factOf = (kind: 'person' | 'pupil', key: string) => nameOf(salt, programmeId, kind, key);
  const facts = [
    ...input.people.map(({ id }) => factOf('person', id)),
    ...input.cares.map(({ pupilId }) => factOf('pupil', pupilId)),
  ];
  const erased = await knownFacts(db, facts);
  const isErased = (kind: 'person' | 'pupil', key: string) => erased.has(factOf(kind, key));
  const at = (list: string, i: number): Problem => ({ file: '', path: `${list}[${i}]`, message: RULE });
  return [
    ...input.people.flatMap(({ id }, i) => (isErased('person', id) ? [at('people', i)] : [])),
    ...input.cares.flatMap(({ pupilId }, i) => (isErased('pupil', pupilId) ? [at('care', i)] : [])),
  ];
}

const RULE = '此人已按 forget 删除，不能再导入，请从文件中去掉这一行 (erased by forget: take this row out)';

const nameOf = (salt: string, programmeId: string, kind: string, key: string): string =>
  PREFIX + hash('sha256', [salt, programmeId, kind, key].join('\n')).slice(0, 40);
