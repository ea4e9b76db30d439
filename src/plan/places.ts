/** Which schools, pairing and district an obligation concerns: `owed --school`, summaries and lists share this rule. */
import type { Obligation } from './obligation.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

export type PlaceKind = 'school' | 'pairing' | 'district';
export const placeKey = (kind: PlaceKind, id: string): string => `${kind}:${id}`;

/** Keys `school:ID`, `pairing:ID`, `district:ID`: the obliged side's schools, and those of the people who bear it. */
export function placesOf(programme: Programme, o: Pick<Obligation, 'feedKeys' | 'bearerIds'>): string[] {
  const roster = rosterOf(programme);
  const fed = o.feedKeys.flatMap((key) => {
    const [kind, id = '', side] = key.split(':');
    if (kind === 'school' || kind === 'district') return [key];
    const pairing = kind === 'pairing' ? roster.pairing.get(id) : undefined;
    if (!pairing) return [];
    const school = side === 'supporter' ? pairing.supporterId : pairing.recipientId;
    return [placeKey('school', school), placeKey('pairing', id)];
  });
  const borne = o.bearerIds.flatMap((id) => {
    const school = roster.person.get(id)?.schoolId;
    return school ? [placeKey('school', school)] : [];
  });
  return [...new Set([...fed, ...borne])].sort();
}
