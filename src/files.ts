import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { Plan } from './plan/plan.ts';
import { parsePlan } from './plan/plan-file.ts';
import { type Problem, problemText } from './plan/problems.ts';
import type { Programme } from './plan/programme.ts';
import { type ProgrammeInput, parseProgramme } from './plan/programme-file.ts';

const root = join(import.meta.dirname, '..');
export const PRESETS_DIR = join(root, 'db/plans');
export const DEMO_FILE = join(root, 'db/demo/programme.yaml');

/** A file that people wrote is invalid. The message lists every problem, one per line. */
export class BadFile extends Error {
  constructor(problems: Problem[]) {
    super(problems.map(problemText).join('\n'));
    this.name = 'BadFile';
  }
}

/** The plans of db/plans by id. Throws BadFile. */
export function readPresets(dir = PRESETS_DIR): Map<string, Plan> {
  const files = readdirSync(dir).filter((file) => file.endsWith('.yaml'));
  const plans = files.sort().map((file) => {
    const result = parsePlan(readYaml(join(dir, file)), file, { preset: true });
    if ('problems' in result) throw new BadFile(result.problems);
    return result.plan;
  });
  return new Map(plans.map((plan) => [plan.id, plan]));
}

/**
 * A programme file (YAML) with its names resolved; `storedOf` as for parseProgramme. Throws BadFile, and Node's own error if it cannot be
 * read.
 */
export function readProgramme(file: string, storedOf?: (name: string) => Programme | undefined): ProgrammeInput {
  const result = parseProgramme(readYaml(file), basename(file), readPresets(), storedOf);
  if ('problems' in result) throw new BadFile(result.problems);
  return result.programme;
}

/** Loaded on demand: a running program rarely reads a file. */
const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');

function readYaml(file: string): unknown {
  const { parse, YAMLParseError } = yaml();
  try {
    return parse(readFileSync(file, 'utf8'), { maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const line = error.linePos?.[0].line;
    throw new BadFile([
      { file: basename(file), path: line ? `line ${line}` : '', message: error.message.split('\n')[0]! },
    ]);
  }
}
