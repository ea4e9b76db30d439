import { writeFileSync } from 'node:fs';
import { trained, voicesIn } from './training/examples.ts';

// `npm run train`: learns the judge's weights and the pauses from the corpus and from the sets retired into it.
const cases = voicesIn().flatMap((voice) => voice.cases);
const weights = trained(cases);
writeFileSync(new URL('../src/reading/judge/weights.json', import.meta.url), weights);
console.log(`${cases.length} messages, ${weights.length} bytes`);
