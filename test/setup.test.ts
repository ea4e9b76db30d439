import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const node = process.version.slice(1);
const lock = (versions: Record<string, string>) => ({
  packages: {
    '': {},
    ...Object.fromEntries(
      Object.entries(versions).map(([name, version]) => [
        `node_modules/${name}`,
        {
          version,
          integrity: `sha512-${name}${version}`,
          ...(name === 'tool' ? { dev: true } : {}),
          ...(name === 'mac' ? { optional: true } : {}),
        },
      ]),
    ),
  },
});

/** A project whose `npm` only logs its arguments and then runs `onInstall` in a shell. */
function project(wanted: Record<string, string>, installed: Record<string, string>, onInstall = '') {
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, 'node_modules', '.bin'), { recursive: true });
  mkdirSync(join(dir, 'fake'));
  const write = (path: string, value: object) => writeFileSync(join(dir, path), JSON.stringify(value));
  write('package-lock.json', lock(wanted));
  write('wanted.json', lock(wanted));
  write('node_modules/.package-lock.json', lock(installed));
  for (const name of Object.keys({ ...installed, node: '' }))
    mkdirSync(join(dir, 'node_modules', name), { recursive: true });
  writeFileSync(join(dir, 'fake', 'npm'), `#!/bin/sh\necho "$@" >> calls\necho noise\n${onInstall}\n`);
  chmodSync(join(dir, 'fake', 'npm'), 0o755);
  symlinkSync(process.execPath, join(dir, 'fake', 'node'));
  cpSync('scripts/setup.mjs', join(dir, 'setup.mjs'));
  return {
    dir,
    putNode: () => symlinkSync(process.execPath, join(dir, 'node_modules', '.bin', 'node')),
    run(env: Record<string, string> = {}) {
      const PATH = [join(dir, 'node_modules', '.bin'), join(dir, 'fake'), '/usr/bin', '/bin'].join(':');
      const { status, stdout, stderr } = spawnSync(process.execPath, ['setup.mjs'], {
        cwd: dir,
        encoding: 'utf8',
        env: { PATH, ...env },
      });
      const calls = existsSync(join(dir, 'calls')) ? readFileSync(join(dir, 'calls'), 'utf8').trim() : '';
      return { status, stdout, stderr, calls };
    },
  };
}

const install = 'cp wanted.json node_modules/.package-lock.json; mkdir -p node_modules/a node_modules/tool';

test('says and does nothing if everything matches', () => {
  const it = project({ node, a: '1.0.0', mac: '1.0.0' }, { node, a: '1.0.0' });
  it.putNode();
  expect(it.run()).toEqual({ status: 0, stdout: '', stderr: '', calls: '' });
});

test.each([
  ['a package is absent', { node }],
  ['a package has another version', { node, a: '0.9.0' }],
])('installs when %s, and keeps stdout clean', (_why, installed) => {
  const it = project({ node, a: '1.0.0' }, installed, install);
  it.putNode();
  const { status, stdout, stderr, calls } = it.run({ NODE_ENV: 'production', npm_lifecycle_event: 'pretest' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  expect(stderr).toContain('noise');
  expect(calls).toMatch(/^install --include=dev --no-save /);
});

test('in production, start does not need the development tools', () => {
  const it = project({ node, a: '1.0.0', tool: '1.0.0' }, { node, a: '1.0.0' }, install);
  it.putNode();
  const production = { NODE_ENV: 'production', npm_lifecycle_event: 'prestart' };
  expect(it.run(production)).toMatchObject({ status: 0, calls: '' });
  expect(it.run({ npm_lifecycle_event: 'prestart' }).calls).toMatch(/--include=dev/);
});

test('fetches Node itself if npm blocked the install script', () => {
  const it = project({ node }, { node });
  const script = `require('node:fs').mkdirSync('bin', { recursive: true }); require('node:fs').symlinkSync(process.execPath, 'bin/node')`;
  writeFileSync(join(it.dir, 'node_modules', 'node', 'installArchSpecificPackage.js'), script);
  expect(it.run()).toMatchObject({ status: 0, stdout: '' });
  expect(it.run()).toMatchObject({ status: 0, stderr: '' });
});

test('a failed installation and a wrong Node end with one clear message', () => {
  const failing = project({ node, a: '1.0.0' }, { node }, 'exit 7').run();
  expect(failing).toMatchObject({ status: 1, stdout: '' });
  expect(failing.stderr).toContain('npm install failed (exit code 7)');
  const older = project({ node: '99.1.0' }, { node: '99.1.0' });
  older.putNode();
  const refused = older.run();
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(`runs on Node 99.1.0, which npm installs into node_modules; found v${node}`);
});

test('every command installs first', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const commands = Object.keys(scripts).filter((name) => !name.startsWith('pre'));
  expect(commands.sort()).toEqual(['bench', 'cards', 'check', 'jiedui', 'pictures', 'soak', 'start', 'test', 'train']);
  for (const name of commands) expect(scripts[`pre${name}`]).toBe('node scripts/setup.mjs');
});
