import { writeFileSync } from 'node:fs';
import { trained, voicesIn } from './training/voices.ts';

// `npm run train`: learns the judge's weights and the pauses from the corpus and the sets retired into it.
const voices = voicesIn();
const weights = trained(voices);
writeFileSync(new URL('../src/reading/judge/weights.json', import.meta.url), weights);
console.log(`${voices.flatMap((voice) => voice.cases).length} messages, ${weights.length} bytes`);
