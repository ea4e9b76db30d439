import { pathToFileURL } from 'node:url';
import { casesIn, outcomeOf } from './corpus.ts';

// `node test/reading/report.ts [folder] [--all]`: the share of a corpus that is read exactly, by kind, and every other case.
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const outcomes = casesIn(folder ? pathToFileURL(`${folder.replace(/\/$/u, '')}/`) : undefined).map(outcomeOf);

const kinds = new Map<string, { cases: number; exact: number }>();
for (const { item, exact } of outcomes) {
  for (const kind of item.readings.length > 0 ? new Set(item.readings.map((reading) => reading.kind!)) : ['(none)']) {
    const row = kinds.get(kind) ?? { cases: 0, exact: 0 };
    kinds.set(kind, { cases: row.cases + 1, exact: row.exact + Number(exact) });
  }
}
for (const { item, actual, exact } of outcomes) {
  if (exact) continue;
  console.log(
    `${item.id} ${item.text}\n   expected ${JSON.stringify(item.readings)}\n   read     ${JSON.stringify(actual)}`,
  );
}
console.log('\nkind                cases  exact');
for (const [kind, row] of [...kinds].sort())
  console.log(
    `${kind.padEnd(18)} ${String(row.cases).padStart(6)} ${String(row.exact).padStart(6)}  ${percent(row.exact, row.cases)}`,
  );
const count = (pick: 'exact' | 'falseRecord' | 'wrongDate' | 'bothered') =>
  outcomes.filter((outcome) => outcome[pick]).length;
console.log(
  `\n${outcomes.length} messages, ${count('exact')} exact (${percent(count('exact'), outcomes.length)}), ${count('falseRecord')} false records, ${count('wrongDate')} wrong dates, ${count('bothered')} bothered for nothing`,
);

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
