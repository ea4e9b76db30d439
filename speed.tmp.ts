import { readMessage } from './src/reading/read.ts';
import { casesIn, knownBy } from './test/reading/corpus.ts';
const cases = casesIn();
for (let r = 0; r < 4; r++) { const t = performance.now(); for (const c of cases) readMessage(c.text, { today: '2026-11-20', time: '18:00' }, knownBy(c.as)); console.log((cases.length / (performance.now() - t) * 1000).toFixed(0), 'msg/s'); }
