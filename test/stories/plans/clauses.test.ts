import { expect, test } from 'vitest';
import { textsOf } from '../../../src/cards/index.ts';
import type { Plan, Requirement } from '../../../src/plan/plan.ts';
import { presets } from '../../plan/presets.ts';
import { words } from '../../support/world.ts';
import { CAST_SCHOOLS, CASTS } from './casts.ts';
import { type Story, story } from './story.ts';

/** Who would report it, by the subject of the requirement. */
function speakerOf({ subject, side, role = [], where, accepts }: Requirement, plan: Plan): string {
  if (where?.school_kind?.includes('kindergarten')) return '幼师';
  if (accepts?.by && subject === 'pairing') return '罗国强';
  if (plan.id === 'care-pupils' && subject === 'school') return '罗国强';
  if (subject === 'district') return '区联';
  if (subject === 'principal') return '罗国强';
  if (subject === 'leader' && role.includes('vice_principal')) return '郑敏';
  if (subject === 'pairing' && side === 'recipient') return '丁兰';
  return '周文';
}

/** The answers to a sentence. A right reading near the threshold waits for a tap: how often is measured over voices (docs/reading.md). */
async function answersTo(says: Story['says'], who: string, text: string): Promise<string> {
  const answers = (await says(who, text)).map(words).join('\n');
  return answers.includes('是这样吗') ? (await says(who, '对')).map(words).join('\n') : answers;
}

const TERM_START = '2026-11-02';

/** A date in its first period; long periods get different dates, so that no two reports share an occasion. */
function dayOf({ period }: Requirement, n: number): string {
  if (typeof period === 'object' && 'month' in period)
    return Temporal.PlainDate.from({ year: period.month < 9 ? 2027 : 2026, month: period.month, day: 10 })
      .add({ days: n % 15 })
      .toString();
  if (typeof period === 'object' && 'due' in period) return `2027-08-${20 + (n % 9)}`;
  return Temporal.PlainDate.from(TERM_START).add({ days: n }).toString();
}

for (const plan of presets().values())
  test(`each demand of ${plan.id} is credited by a sentence`, { timeout: 60_000 }, async () => {
    const sentences = plan.requirements
      .flatMap((r) => (r.says ? [{ r, text: r.says }] : []))
      .map((one, n) => ({ ...one, day: dayOf(one.r, n) }))
      .sort((a, b) => (a.day < b.day ? -1 : 1));
    const { world: w, done, says } = await story(CASTS[plan.id]!, { at: `${sentences[0]!.day}T16:00` });
    let today = sentences[0]!.day;
    const failed: string[] = [];
    for (const { r, day, text } of sentences) {
      if (day > today) {
        await w.move({ days: Temporal.PlainDate.from(today).until(day).days });
        today = day;
      }
      const speaker = speakerOf(r, plan);
      const other = speaker === '丁兰' ? CAST_SCHOOLS[plan.id]?.[0] : CAST_SCHOOLS[plan.id]?.[1];
      const message = text.replaceAll('{school}', other ?? '').replaceAll('{pupil}', '小杰');
      const answers = await answersTo(says, speaker, message);
      const credited = answers.split('**计入任务**')[1] ?? '';
      if (!credited.includes(`**${r.title}`) || (await done(day, r.id)) < 1)
        failed.push(`${r.id} ${day} ${speaker}「${message}」\n${answers}`);
    }
    await w.close();
    expect(failed.join('\n\n')).toBe('');
  });

/** A record's card is headed by its kind. */
const { kinds: KINDS } = textsOf();

for (const plan of presets().values())
  test(`each aim of ${plan.id} that has no measure can be reported`, { timeout: 60_000 }, async () => {
    const { world: w, says } = await story(CASTS[plan.id]!, { at: '2026-11-03T16:00' });
    const failed: string[] = [];
    for (const { says: text, kinds = [], carries } of plan.provisions) {
      if (text === undefined) continue;
      const message = text.replaceAll('{school}', CAST_SCHOOLS[plan.id]?.[1] ?? '').replaceAll('{pupil}', '小杰');
      const answers = await answersTo(says, '周文', message);
      const kind = kinds.find((k) => answers.includes('已记录') && answers.includes(`**${KINDS[k]}**`));
      if (!kind) failed.push(`${carries}「${message}」\n${answers}`);
      await w.move({ days: 1 });
    }
    await w.close();
    expect(failed.join('\n\n')).toBe('');
  });
