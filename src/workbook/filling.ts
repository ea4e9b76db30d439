/** The known data of a programme, as rows of a template. */
import type { Plan } from '../plan/plan.ts';
import type { Programme } from '../plan/programme.ts';
import { rosterOf } from '../plan/roster.ts';
import type { Filling } from './template.ts';

export interface Allowed {
  /** Whether the file may contain the people of this school (undefined: of the bureau) and their telephone numbers. */
  school(id: string | undefined): boolean;
  pupil(id: string): boolean;
}

export function fillingOf(programme: Programme, presets: Map<string, Plan>, allowed: Allowed): Filling {
  const { school, person, pupil } = rosterOf(programme);
  const schoolName = (id: string | undefined) => school.get(id ?? '')?.name;
  const districtName = (id: string | undefined) => programme.districts.find((d) => d.id === id)?.name;
  const schoolOf = (id: string) => person.get(id)?.schoolId;
  const named = (id: string) => `${schoolName(schoolOf(id)) ?? ''}/${person.get(id)?.name ?? ''}`;
  const pairs = new Map(
    programme.pairings.map((p) => [p.id, `${schoolName(p.supporterId)}→${schoolName(p.recipientId)}`]),
  );
  return {
    programme: [{ name: programme.name }],
    terms: programme.terms.map((t) => ({ ...t })),
    holidays: (programme.holidays ?? []).map((h) => ({ ...h, school: h.school ? '是' : undefined })),
    districts: programme.districts.map(({ name, helps }) => ({ name, helps })),
    schools: programme.schools.map((s) => ({ ...s, district: districtName(s.districtId) })),
    people: programme.people
      .filter((p) => allowed.school(p.schoolId))
      .map((p) => ({
        ...p,
        school: schoolName(p.schoolId),
        district: districtName(p.districtId),
        open_id: p.openId,
        rural_years: p.ruralYears,
        volunteer: p.volunteer ? '是' : undefined,
      })),
    pairings: programme.pairings
      .filter((p) => allowed.school(p.supporterId) || allowed.school(p.recipientId))
      .map((p) => ({
        ...p,
        supporter: schoolName(p.supporterId),
        recipient: schoolName(p.recipientId),
        team: p.team.map(named),
      })),
    mentorships: programme.mentorships
      .filter((m) => allowed.school(schoolOf(m.mentorId)) || allowed.school(schoolOf(m.menteeId)))
      .map((m) => ({ ...m, mentor: named(m.mentorId), mentee: named(m.menteeId) })),
    care: programme.cares
      .filter((c) => allowed.pupil(c.pupilId))
      .map((c) => {
        const { name, grade, code, schoolId } = pupil.get(c.pupilId)!;
        return {
          ...c,
          mentor: named(c.mentorId),
          'pupil.name': name,
          'pupil.grade': grade,
          'pupil.code': code,
          'pupil.school': schoolName(schoolId),
        };
      }),
    // An inline plan does not fit into a cell, so it is omitted and stays stored.
    plans: programme.plans.flatMap(({ plan, pairingIds, options }) =>
      presets.has(plan.id)
        ? [
            {
              use: plan.id,
              pairings: pairingIds?.map((id) => pairs.get(id)) ?? ['全部'],
              'options.per': options.per,
            },
          ]
        : [],
    ),
  };
}
