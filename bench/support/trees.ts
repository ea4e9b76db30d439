/** The trees to compare: this one and, with `--against REV` (a commit), that one, in a worktree with its own packages. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Tree {
  /** Empty for this tree. */
  name: string;
  root: string;
  /** The Node flags of `npm start`. */
  flags: string[];
}

const thisRoot = join(import.meta.dirname, '../..');
const flagsOf = (root: string): string[] =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { start: string } }).scripts.start
    .split(' ')
    .filter((word) => /^--max-|^--import$|^\.\/scripts/.test(word));

/** `remove` deletes the worktree and its packages. */
export function treesToCompare(args: string[]): { trees: Tree[]; remove(): void } {
  const thisTree = { name: '', root: thisRoot, flags: flagsOf(thisRoot) };
  const revision = args[args.indexOf('--against') + 1];
  if (!args.includes('--against') || !revision) return { trees: [thisTree], remove: () => {} };
  const dir = mkdtempSync(join(tmpdir(), 'jiedui-against-'));
  const root = join(dir, 'tree');
  const git = (...words: string[]) => execFileSync('git', words, { cwd: thisRoot, stdio: ['ignore', 'ignore', 2] });
  git('worktree', 'add', '--detach', root, revision);
  const lock = (tree: string) => readFileSync(join(tree, 'package-lock.json'), 'utf8');
  if (lock(root) === lock(thisRoot)) symlinkSync(join(thisRoot, 'node_modules'), join(root, 'node_modules'));
  else
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] });
  const remove = () => {
    git('worktree', 'remove', '--force', root);
    rmSync(dir, { recursive: true, force: true });
  };
  return { trees: [thisTree, { name: revision, root, flags: flagsOf(root) }], remove };
}
