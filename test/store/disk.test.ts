import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { diskUnder } from '../../src/store/disk.ts';

it.runIf(process.platform === 'linux')('a disk that has failed once acknowledges nothing more', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  // A device that refuses to be synced.
  symlinkSync('/dev/null', join(dir, 'store-wal'));
  const disk = diskUnder(join(dir, 'store'));
  const failed = { code: 'EINVAL' };
  const together = [disk.reached(), disk.reached()];
  for (const one of together) await expect(one).rejects.toMatchObject(failed);
  await expect(disk.reached()).rejects.toMatchObject(failed);
  await disk.close();
});
