import { LOCALES, textsOf } from '../../cards/index.ts';
import { UserError } from '../../errors.ts';
import { ACTIVITY_KINDS, type ActivityKind } from '../../plan/activity.ts';
import type { Command } from '../intake/outcome.ts';
import { reportForm } from './open-form.ts';

/** 填报, 填报 家访: the form, for people who prefer one to a sentence. Only in private. */
export const reportCommand: Command<{ kind?: ActivityKind }> = {
  name: 'report',
  match: (text) => {
    const said = /^(?:填报|填表|我要(?:填报|报送)|report)[\s:：]*(.{0,30})$/i.exec(text);
    if (!said) return undefined;
    const [, rest = ''] = said;
    if (rest === '') return {};
    const kind = ACTIVITY_KINDS.find((k) =>
      LOCALES.some((l) => textsOf(l).kinds[k].toLowerCase() === rest.toLowerCase()),
    );
    return kind && { kind };
  },
  run: async (_trx, facts, { kind }) => {
    if (facts.group) throw new UserError('group');
    return { say: () => reportForm(facts, kind) };
  },
};
