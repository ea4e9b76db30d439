import { mirrorCard } from '../../cards/mirror.ts';
import { UserError } from '../../errors.ts';
import { basePlaceIn } from '../../lark/base-link.ts';
import { type Mirror, mirrorOf } from '../../store/mirror.ts';
import { countMarks } from '../../store/mirror-marks.ts';
import type { Command } from '../intake/outcome.ts';
import { permit } from '../intake/permit.ts';

type Asked = { what: 'on'; address?: string } | { what: 'off' | 'names' | 'no-names' };

const ON =
  /^(?:请)?(?:把?台账)?同步到?(?:飞书)?多维表格(?:[:：,，\s]*(https?:\S+))?[:：。!！]?$|^sync to base(?: (https?:\S+))?$/i;
const OFF = /^停止同步(?:到?多维表格)?[。!！]?$|^stop base$/i;
const NAMES = /^多维表格(不)?写教师(?:的)?姓名[。!！]?$|^base with(out)? names$/i;

/** 同步到多维表格 (with the address of a Base or without), 停止同步, 多维表格写教师姓名: a bureau coordinator's mirror of the ledger. */
export const mirrorCommand: Command<Asked> = {
  name: 'mirror',
  match: (text) => {
    const on = ON.exec(text);
    if (on) return { what: 'on', ...((on[1] || on[2]) && { address: on[1] || on[2] }) };
    if (OFF.test(text)) return { what: 'off' };
    const names = NAMES.exec(text);
    return names ? { what: names[1] || names[2] ? 'no-names' : 'names' } : undefined;
  },
  run: async (trx, facts, request) => {
    permit(facts, 'export', { kind: 'programme' });
    if (facts.group) throw new UserError('group');
    const { programme, me, t } = facts;
    const before = await mirrorOf(trx, programme.id);
    const running = before && before.state !== 'off' ? before : undefined;
    const answer = (lines: string | string[], mirror?: Mirror, url?: string) => ({
      do: mirror
        ? [
            { what: 'mirror' as const, mirror },
            {
              what: 'audit' as const,
              entries: [{ act: 'mirror', target: `programme:${programme.id}`, detail: request.what }],
            },
          ]
        : [],
      say: () => mirrorCard({ lines: [lines].flat(), url }, t),
      takesLinks: true as const,
    });
    if (request.what === 'on') {
      const address = facts.links?.[0] ?? request.address;
      const given = address === undefined ? undefined : basePlaceIn(address);
      if (address !== undefined && !given) return answer(t.mirror.notBase);
      if (running?.state === 'on' && (!given || given === running.place))
        return answer(t.mirror.on(await countMarks(trx, programme.id)), undefined, running.url);
      const { code: _, ...kept } = before ?? { programmeId: programme.id };
      const place = given && given !== before?.place ? { appToken: undefined, url: address, place: given } : {};
      const mirror: Mirror = { ...kept, ...place, state: 'wanted', byId: me.id, compared: undefined };
      return answer(given ? t.mirror.given : t.mirror.begun(mirror.names ?? false), mirror);
    }
    if (!running) return answer(t.mirror.notOn);
    if (request.what === 'off') return answer(t.mirror.off, { ...running, state: 'off' });
    const { names: _, ...bare } = running;
    const names = request.what === 'names';
    return answer(t.mirror.names(names), { ...bare, ...(names && { names }), compared: undefined });
  },
};
