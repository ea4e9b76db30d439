import { expect, test } from 'vitest';
import type { Plan, Requirement } from '../../../src/plan/plan.ts';
import { presets } from '../../plan/presets.ts';
import { CAST_SCHOOLS, CASTS } from './casts.ts';
import { story } from './story.ts';
import { words } from '../../support/world.ts';

/** Who would say it, by whom the requirement is about. */
function speakerOf({ subject, side, role = [] }: Requirement, plan: Plan): string {
  if (plan.id === 'care-pupils' && subject === 'school') return '罗国强';
  if (subject === 'district') return '区联';
  if (subject === 'principal') return '罗国强';
  if (subject === 'leader' && role.includes('vice_principal')) return '郑敏';
  if (subject === 'pairing' && side === 'recipient') return '丁兰';
  return '周文';
}

/** A day inside the first period, a week before its end at the latest. */
function dayOf(r: Requirement): string {
  if (typeof r.period === 'string') return '2026-11-19';
  if ('month' in r.period) return `${r.period.month < 9 ? 2027 : 2026}-${String(r.period.month).padStart(2, '0')}-13`;
  if ('due' in r.period) return '2027-08-20';
  return '2026-11-19';
}

for (const plan of presets().values())
  test(`each demand of ${plan.id} is credited by a sentence`, { timeout: 60_000 }, async () => {
    const said = plan.requirements
      .flatMap((r) => (r.says ? [{ r, day: dayOf(r), text: r.says }] : []))
      .sort((a, b) => (a.day < b.day ? -1 : 1));
    const { world: w, done, says } = await story(CASTS[plan.id]!, { at: `${said[0]!.day}T16:00` });
    let today = said[0]!.day;
    const failed: string[] = [];
    for (const { r, day, text } of said) {
      if (day > today) {
        await w.move({ days: Temporal.PlainDate.from(today).until(day).days });
        today = day;
      }
      const speaker = speakerOf(r, plan);
      const other = speaker === '丁兰' ? CAST_SCHOOLS[plan.id]?.[0] : CAST_SCHOOLS[plan.id]?.[1];
      const message = text.replaceAll('{school}', other ?? '').replaceAll('{pupil}', '小杰');
      const before = await done(day, r.id);
      const answers = await says(speaker, message);
      const after = await done(day, r.id);
      if (!(after > before)) failed.push(`${r.id} ${speaker}「${message}」 ${before}→${after}\n${answers.map(words).join('\n')}`);
    }
    await w.close();
    expect(failed.join('\n\n')).toBe('');
  });
