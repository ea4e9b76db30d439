/** The roster of a programme file: its lists with names resolved to local keys, which form the rows' own keys. */
import { type Names, pairingKey, personKey, pupilKey, waivedPupilKey } from './file-names.ts';
import type { Found } from './problems.ts';
import type { Waiver } from './programme.ts';
import type { ProgrammeInput } from './programme-file.ts';
import type { ProgrammeFile } from './programme-schema.ts';

type Rows = Pick<ProgrammeInput, 'schools' | 'people' | 'pairings' | 'mentorships' | 'pupils' | 'cares' | 'waivers'>;

const life = ({ from, to }: { from?: string; to?: string }) => ({ ...(from && { from }), ...(to && { to }) });

/** Unresolved names and invalid rows go into `found`. */
export function rosterRows(file: ProgrammeFile, names: Names, found: Found[]): Rows {
  const schools = file.schools.map(({ district, ...s }, i) => ({
    ...s,
    id: s.name,
    ...(district && { districtId: names.district(district, ['schools', i, 'district']) }),
  }));
  const people = file.people.map(({ school, district, open_id, rural_years, ...p }, i) => {
    const schoolId = school === undefined ? undefined : names.school(school, ['people', i, 'school']);
    return {
      ...p,
      id: personKey(schoolId, p.name),
      ...(schoolId && { schoolId }),
      ...(district && { districtId: names.district(district, ['people', i, 'district']) }),
      ...(open_id && { openId: open_id }),
      ...(rural_years !== undefined && { ruralYears: rural_years }),
    };
  });
  const pairings = file.pairings.map((p, i) => {
    const supporterId = names.school(p.supporter, ['pairings', i, 'supporter']);
    const recipientId = names.school(p.recipient, ['pairings', i, 'recipient']);
    if (supporterId === recipientId)
      found.push({ path: ['pairings', i], message: '支援学校和受援学校相同 (a school cannot pair with itself)' });
    return {
      id: pairingKey(supporterId, recipientId),
      supporterId,
      recipientId,
      kinds: p.kinds,
      ...life(p),
      team: p.team.map((name, k) => names.person(name, ['pairings', i, 'team', k])),
      ...(p.agreement && p.agreement !== 'false' && { agreement: p.agreement }),
    };
  });
  const mentorships = file.mentorships.map((m, i) => {
    const mentorId = names.person(m.mentor, ['mentorships', i, 'mentor']);
    const menteeId = names.person(m.mentee, ['mentorships', i, 'mentee']);
    return { id: `${mentorId}→${menteeId}`, mentorId, menteeId, ...life(m) };
  });
  const pupils = new Map<string, ProgrammeInput['pupils'][number]>();
  const cares = file.care.map((c, i) => {
    const mentorId = names.person(c.mentor, ['care', i, 'mentor']);
    const { name, grade, code, school } = c.pupil;
    const schoolId = school
      ? names.school(school, ['care', i, 'pupil', 'school'])
      : // A mentor's key begins with the school.
        mentorId.slice(0, Math.max(0, mentorId.lastIndexOf('/'))) || undefined;
    const id = pupilKey(schoolId, name, code);
    const extra = { ...(grade && { grade }), ...(code && { code }), ...(schoolId && { schoolId }) };
    pupils.set(id, { ...pupils.get(id), id, name, ...extra });
    return { id: `${mentorId}→${id}`, mentorId, pupilId: id, ...(c.kind && { kind: c.kind }), ...life(c) };
  });
  const pairingOf = (text: string | { supporter: string; recipient: string }, path: PropertyKey[]): string => {
    if (typeof text !== 'string') return names.pairing(text.supporter, text.recipient, path);
    const [supporter, recipient] = text.split(/\s*(?:→|->)\s*/);
    return names.pairing(supporter ?? '', recipient ?? '', path);
  };
  const waivers = file.waivers.map((w, i): Waiver => {
    const at = (key: string) => ['waivers', i, key];
    const refs = {
      ...(w.person && { personId: names.person(w.person, at('person')) }),
      ...(w.school && { schoolId: names.school(w.school, at('school')) }),
      ...(w.pairing && { pairingId: pairingOf(w.pairing, at('pairing')) }),
      ...(w.pupil && { pupilId: names.pupil(w.pupil, at('pupil')) }),
    };
    if (Object.keys(refs).length === 0)
      found.push({
        path: ['waivers', i],
        message: '要写 person、school、pairing 或 pupil 之一 (whom does it excuse?)',
      });
    const range = { ...(w.from && { start: w.from }), ...(w.to && { end: w.to }) };
    const { pupilId, ...others } = refs;
    const about = [...Object.values(others), ...(pupilId ? [waivedPupilKey(pupilId)] : [])];
    const id = [...about, w.requirement ?? '*', w.from ?? '', w.to ?? ''].join('|');
    return { id, ...refs, ...(w.requirement && { requirementId: w.requirement }), ...range, reason: w.reason };
  });
  return { schools, people, pairings, mentorships, pupils: [...pupils.values()], cares, waivers };
}
