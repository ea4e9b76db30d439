import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';

/** What the weights depend on: the messages with their labels, and the code from a text to what is decided about it. */
const INPUTS = [
  'test/reading/{corpus,unseen}/*',
  'test/reading/*.{json,jsonl}',
  'test/reading/{corpus,score}.ts',
  'db/plans/*.yaml',
  'scripts/training/*.ts',
  'src/reading/{text,tokens,structure,tables,fields}/*.ts',
  'src/reading/judge/{classes,content,features,goods,judge,lattice,rules,sure,ways,weights}.ts',
  'src/reading/read.ts',
];

/** A hash of all that the weights depend on: kept beside them, it shows that they were learned from it. */
export function inputsHash(): string {
  const hash = createHash('sha256');
  for (const file of INPUTS.flatMap((pattern) => globSync(pattern)).sort())
    hash.update(file.replaceAll('\\', '/')).update(readFileSync(file));
  return hash.digest('hex').slice(0, 32);
}
