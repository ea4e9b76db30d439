/**
 * `fill`: puts a town into the store of the environment. `serve`: runs the program on it, without Feishu's limits, because only the
 * program is compared. Both use the given tree: this one or another commit's.
 */
import { pino } from 'pino';
import type { openCore as OpenCore } from '../../src/app/core.ts';
import type { createApp as CreateApp } from '../../src/app.ts';
import type { readConfig as ReadConfig } from '../../src/config.ts';
import type { fillTown as FillTown, Town } from './town.ts';

const [what, root, town = ''] = process.argv.slice(2);
const { readConfig } = (await import(`${root}/src/config.ts`)) as { readConfig: typeof ReadConfig };
const read = readConfig(process.env);
if ('problems' in read) throw new Error(read.problems.join('\n'));
const log = pino({ level: 'fatal' });
if (what === 'fill') {
  const { openCore } = (await import(`${root}/src/app/core.ts`)) as { openCore: typeof OpenCore };
  const { fillTown } = (await import(`${root}/bench/support/town.ts`)) as { fillTown: typeof FillTown };
  const core = await openCore(read.config, { log });
  await fillTown(core, JSON.parse(town) as Town, '2026-11-20');
  await core.close();
} else {
  const { createApp } = (await import(`${root}/src/app.ts`)) as { createApp: typeof CreateApp };
  const paceLimits = { perSecond: 1e6, perMinute: 6e7, perChatPerSecond: 1e6 };
  const app = await createApp(read.config, { log, paceLimits });
  process.send!({ url: app.url });
}
