import { homeOf } from '../structure/stand-in.ts';
import { has } from '../tokens/is.ts';
import type { Token } from '../tokens/tokens.ts';
import type { Reading } from '../types.ts';
import type { Telling } from './telling.ts';

type Where = Pick<Reading, 'place' | 'partner' | 'to' | 'all_partners'>;

/** 六校联考, 各结对学校一起: every partner took part. */
const ALL_PARTNERS =
  /(?:[三四五六七八九十几多各\d]|所有|全部)(?:所|个|家)?(?:结对|受援|帮扶|农村)*(?:学校|中学|小学|校|园)/u;
const AWAY: ReadonlySet<string> = new Set(['demo_lesson', 'observe', 'lecture', 'secondment']);
/** Kinds that a school may do alone: no partner is assumed if none is named. */
const ALONE: ReadonlySet<string> = new Set(['training', 'document']);
/** Kinds whose credit depends on the school, so that one of several partners must be known. */
const PLACED: ReadonlySet<string> = new Set(['demo_lesson', 'observe', 'donation']);

/** The school it was at, with or for; if none is named, what the judge finds likely (reading.md, 8). */
export function whereOf(telling: Telling, who: Partial<Reading>): Where {
  const { kind, status, roster, before, having, pick, ask, offers, open, also } = telling;
  const own = roster.knows.sender?.school;
  const field = kind === 'donation' ? 'to' : 'place';
  const out: Where = {};
  for (const role of ['place', 'partner', 'to'] as const)
    for (const token of having(role)) {
      const names = schoolsOf(token, telling);
      const at = role !== 'partner' && kind !== 'document' ? field : role;
      if (names.length === 1) {
        const first = at === 'partner' ? undefined : out[at];
        if (first !== undefined && first !== names[0] && telling.each) also.push(names[0]!);
        out[at] ??= names[0];
      } else if (names.length > 1 && status === 'done' && !names.includes(homeOfDoer(who, telling) ?? '')) {
        ask.push(at);
        offers[at] = names;
      }
    }
  if (who.direction === 'inbound' && kind === 'donation')
    return { ...out, to: out.to && out.to !== homeOfDoer(who, telling) ? out.to : own };
  if (who.direction === 'inbound') {
    const from = [out.partner, out.place].find((school) => school && school !== own);
    const home = who.by ? homeOf(who.by, roster.knows.people) : undefined;
    return { place: own, partner: from ?? home ?? (roster.partners.length === 1 ? roster.partners[0] : undefined) };
  }
  if (out.place || out.partner || out.to || ask.includes(field) || kind === 'same_as_last') return out;
  if (roster.partners.length > 1 && ALL_PARTNERS.test(telling.script.text)) return { all_partners: true };
  switch (pick('place')) {
    case 'before':
      return { [field]: before?.place ?? before?.to ?? before?.partner };
    case 'after':
      open.push('place');
      return {};
    case 'own':
      return { [field]: own };
    case 'pair':
      return ALONE.has(kind) ? {} : onlyPartner(telling, who, field);
    default:
      // A lesson given or heard is at the other school, unless visitors gave it here.
      return roster.partners.length > 1 || (AWAY.has(kind) && status !== 'not_done' && before?.direction !== 'inbound')
        ? onlyPartner(telling, who, field)
        : {};
  }
}

/** The school of the visitor or doer named. */
const homeOfDoer = ({ by }: Partial<Reading>, { roster }: Telling): string | undefined =>
  by === undefined ? undefined : homeOf(by, roster.knows.people);

function schoolsOf(token: Token, { roster }: Telling): string[] {
  if (has(token, 'own')) return roster.knows.sender?.school ? [roster.knows.sender.school] : [];
  if (has(token, 'partner')) return roster.partners;
  const names = token.named?.schools ?? [];
  const paired = names.filter((name) => roster.partners.includes(name));
  return names.length > 1 && paired.length === 1 ? paired : names;
}

/** The one partner school; of several the one of those named, else a question. */
function onlyPartner(
  { kind, status, roster, ask, offers }: Telling,
  who: Partial<Reading>,
  field: 'place' | 'to',
): Where {
  const { partners, knows } = roster;
  if (partners.length < 2) return { [field]: partners[0] };
  const theirs = [who.by, ...(who.teacher?.split('、') ?? []), ...(who.participants ?? [])]
    .map((name) => name && homeOf(name, knows.people))
    .find((school) => school && partners.includes(school));
  if (theirs) return { [field]: theirs };
  if (status === 'done' && PLACED.has(kind) && knows.sender?.school) {
    ask.push(field);
    offers[field] = partners;
  }
  return {};
}
