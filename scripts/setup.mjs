// Runs before `npm start`, `npm test`, `npm run check`, `npm run bench` and `npm run jiedui`, on any installed Node (18+).
// Installs what does not match the lock file, then makes sure that `node` in npm scripts is the pinned one.
// Prints only to stderr, because another program may read a command's own output.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const bin = join('node_modules', '.bin');
const windows = process.platform === 'win32';
// With NODE_ENV=production the running program needs no compiler or test tools; every other command does.
const production =
  process.env.NODE_ENV === 'production' && /^pre(start|jiedui)$/.test(process.env.npm_lifecycle_event ?? '');

const say = (text) => process.stderr.write(`${text}\n`);
const fail = (text) => {
  say(`\n${text}\n`);
  process.exit(1);
};
const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

/** Paths in the lock file that are missing or differ. Optional packages may be missing: they are for some platforms only. */
function differing(lock, installed) {
  const wanted = Object.entries(lock.packages).filter(([path, entry]) => path && !(production && entry.dev));
  return wanted.filter(([path, entry]) => {
    const present = installed?.packages[path];
    if (!present || !existsSync(path)) return !entry.optional;
    return present.version !== entry.version || present.integrity !== entry.integrity;
  });
}

/** Runs a program with its output on stderr, without node_modules/.bin on PATH: the Node there is about to be replaced. */
function run(command, args, cwd = '.') {
  const path = (process.env.PATH ?? '').split(delimiter).filter((dir) => !dir.endsWith(bin));
  const env = { ...process.env, PATH: path.join(delimiter) };
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 2, 2], shell: windows });
  return error ? error.message : status === 0 ? undefined : `exit code ${status}`;
}

const lock = readJson('package-lock.json');
if (!lock) fail('package-lock.json is missing; run this in the project directory.');

const lacking = differing(lock, readJson('node_modules/.package-lock.json'));
if (lacking.length > 0) {
  say(`Installing ${lacking.length} packages (${production ? 'production' : 'all'}) …`);
  // `install`, not `ci`: it adds what is missing instead of fetching everything again, and accepts a lock file
  // written against a mirror that lacks other platforms' optional packages. `--no-save` leaves the lock file unchanged.
  const flags = ['--no-save', '--loglevel=error', '--no-audit', '--no-fund', '--no-progress'];
  const problem = run('npm', ['install', production ? '--omit=dev' : '--include=dev', ...flags]);
  if (problem) fail(`npm install failed (${problem}). Is the package registry reachable?`);
  const still = differing(lock, readJson('node_modules/.package-lock.json')).map(([path]) => path);
  if (still.length > 0) fail(`After npm install these still differ from package-lock.json: ${still.join(', ')}`);
}

const wanted = lock.packages['node_modules/node'].version;
const versionOf = () => spawnSync(join(bin, 'node'), ['-v'], { encoding: 'utf8', shell: windows }).stdout?.trim();

if (versionOf() !== `v${wanted}`) {
  // The package `node` fetches its program in an install script, which newer versions of npm may block.
  say(`Fetching Node ${wanted} …`);
  run('node', ['installArchSpecificPackage.js'], join('node_modules', 'node'));
  if (!windows && !existsSync(join(bin, 'node'))) symlinkSync(join('..', 'node', 'bin', 'node'), join(bin, 'node'));
  const got = versionOf();
  if (got !== `v${wanted}`) {
    fail(
      `This program runs on Node ${wanted}, which npm installs into node_modules; ${got ? `found ${got}` : 'it is not there'}.\n` +
        'Try: rm -rf node_modules && npm start. On systems without glibc (Alpine), use the Dockerfile.',
    );
  }
}
