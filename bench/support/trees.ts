/** The trees that are compared: this one, and with `--against REV` (a commit) that one, in a worktree with its own packages. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Tree {
  /** Empty for this one. */
  name: string;
  root: string;
  /** What `npm start` tells its Node. */
  flags: string[];
}

const here = join(import.meta.dirname, '../..');
const flagsOf = (root: string): string[] =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }).scripts.start
    .split(' ')
    .filter((word) => /^--max-|^--import$|^\.\/scripts/.test(word));

/** Worktree and packages go with `remove`. */
export function treesToCompare(args: string[]): { trees: Tree[]; remove(): void } {
  const own = { name: '', root: here, flags: flagsOf(here) };
  const revision = args[args.indexOf('--against') + 1];
  if (!args.includes('--against') || !revision) return { trees: [own], remove: () => {} };
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-against-'));
  const root = join(dir, 'tree');
  const git = (...words: string[]) => execFileSync('git', words, { cwd: here, stdio: ['ignore', 'ignore', 2] });
  git('worktree', 'add', '--detach', root, revision);
  const lock = (tree: string) => readFileSync(join(tree, 'package-lock.json'), 'utf8');
  if (lock(root) === lock(here)) symlinkSync(join(here, 'node_modules'), join(root, 'node_modules'));
  else
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] });
  const remove = () => {
    git('worktree', 'remove', '--force', root);
    rmSync(dir, { recursive: true, force: true });
  };
  return { trees: [own, { name: revision, root, flags: flagsOf(root) }], remove };
}
