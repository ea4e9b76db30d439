import { writeFileSync } from 'node:fs';
import { trained } from './training/trained.ts';
import { voicesIn } from './training/voices.ts';

// `npm run train`: learns the judge's weights from everything in `test/reading/` that it may learn from.
const voices = voicesIn();
const weights = await trained(voices);
writeFileSync(new URL('../src/reading/judge/weights.json', import.meta.url), weights);
console.log(`${voices.flatMap((voice) => voice.cases).length} messages, ${weights.length} bytes`);
