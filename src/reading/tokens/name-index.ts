import { roughSound, sound } from './sound.ts';

/** What one written form can mean: full names from the roster. */
export interface NameMatch {
  schools: string[];
  people: string[];
  pupils: string[];
}

/** Names of one sort, by spelling and by sound. */
export interface NameIndex {
  forms: Map<string, NameMatch>;
  sounds: Map<string, NameMatch>;
  roughSounds: Map<string, NameMatch>;
  /** The length of the longest form, by its first two characters. */
  reach: Map<string, number>;
}

/** The forms of all these names, by spelling and by sound. */
export function indexed(field: keyof NameMatch, names: string[], formsOf: (name: string) => string[]): NameIndex {
  const index: NameIndex = { forms: new Map(), sounds: new Map(), roughSounds: new Map(), reach: new Map() };
  for (const name of new Set(names)) {
    for (const written of formsOf(name)) {
      const form = written.normalize('NFKC').toLowerCase();
      put(index.forms, form, field, name);
      if (form.length < 2) continue;
      raise(index.reach, form.slice(0, 2), form.length);
      put(index.sounds, sound(form), field, name);
      put(index.roughSounds, roughSound(form), field, name);
    }
  }
  return index;
}

/** Raises the greatest length of names with these first characters. */
export function raise(reach: Map<string, number>, begin: string, length: number): void {
  reach.set(begin, Math.max(length, reach.get(begin) ?? 0));
}

function put(map: Map<string, NameMatch>, key: string, field: keyof NameMatch, name: string): void {
  const named = map.get(key) ?? { schools: [], people: [], pupils: [] };
  if (!named[field].includes(name)) named[field].push(name);
  map.set(key, named);
}

/** What a written form, or a sound, can mean. */
export function nameUnder(
  layers: NameIndex[],
  by: 'forms' | 'sounds' | 'roughSounds',
  key: string,
): NameMatch | undefined {
  let found: NameMatch | undefined;
  for (const layer of layers) {
    const more = layer[by].get(key);
    if (!more) continue;
    // 小雨 in full is not 李雨 by her short name.
    const theirs = more.pupils.includes(key) ? [key] : more.pupils;
    const pupils = found && found.pupils.length > 0 ? found.pupils : theirs;
    found = found
      ? {
          schools: [...found.schools, ...more.schools],
          people: [...new Set([...found.people, ...more.people])],
          pupils,
        }
      : { ...more, pupils };
  }
  return found;
}
