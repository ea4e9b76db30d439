/** Which schools, pairing and district an obligation concerns; `owed --school`, summaries and lists share this rule. */
import type { Obligation } from './obligation.ts';
import type { Programme } from './programme.ts';
import { rosterOf } from './roster.ts';

export type PlaceKind = 'school' | 'pairing' | 'district';
export const placeKey = (kind: PlaceKind, id: string): string => `${kind}:${id}`;

/** Keys `school:ID`, `pairing:ID`, `district:ID`: the schools of the obliged side and of the bearers. */
export function placesOf(programme: Programme, o: Pick<Obligation, 'feedKeys' | 'bearerIds'>): string[] {
  const roster = rosterOf(programme);
  const fedPlaces = o.feedKeys.flatMap((key) => {
    const [kind, id = '', side] = key.split(':');
    if (kind === 'school' || kind === 'district') return [key];
    const pairing = kind === 'pairing' ? roster.pairing.get(id) : undefined;
    if (!pairing) return [];
    const school = side === 'supporter' ? pairing.supporterId : pairing.recipientId;
    return [placeKey('school', school), placeKey('pairing', id)];
  });
  const bearerPlaces = o.bearerIds.flatMap((id) => {
    const school = roster.person.get(id)?.schoolId;
    return school ? [placeKey('school', school)] : [];
  });
  return [...new Set([...fedPlaces, ...bearerPlaces])].sort();
}

/**
 * The owner of a duty as one key: the obliged school; the pairing if both schools owe it together; the district; a person's school
 * for the person's duties. Empty if there is none of these.
 */
export function ownerOf(programme: Programme, o: Pick<Obligation, 'feedKeys' | 'bearerIds'>): string {
  const roster = rosterOf(programme);
  const keys = o.feedKeys.map((key) => key.split(':') as [string, string?, string?]);
  const pairs = keys.filter(([kind]) => kind === 'pairing');
  const [[, pairingId = '', side] = [undefined, '', undefined]] = pairs;
  if (pairs.length > 1) return placeKey('pairing', pairingId);
  const pairing = roster.pairing.get(pairingId);
  if (pairing) return placeKey('school', side === 'supporter' ? pairing.supporterId : pairing.recipientId);
  const [kind, id = ''] = keys.find(([k]) => k === 'school' || k === 'district') ?? [];
  if (kind) return placeKey(kind as PlaceKind, id);
  const school = o.bearerIds.map((one) => roster.person.get(one)?.schoolId).find((one) => one !== undefined);
  return school ? placeKey('school', school) : '';
}
