import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { DEMO_FILE } from '../../src/files.ts';

/** The demo programme as a file in which everybody has a Feishu id, as in a real programme. */
export function demoFileWithIds(dir: string): { file: string; people: { openId: string; name: string }[] } {
  const value = parse(readFileSync(DEMO_FILE, 'utf8')) as { people: { name: string; open_id?: string }[] };
  for (const [i, person] of value.people.entries()) person.open_id = `ou_person${String(i).padStart(4, '0')}`;
  const file = join(dir, 'programme.yaml');
  writeFileSync(file, stringify(value));
  return { file, people: value.people.map((p) => ({ openId: p.open_id!, name: p.name })) };
}
