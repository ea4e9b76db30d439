/** Which of the two schools a segment means: by 支援 or 受援, by the names in the title, or as 我校. */
import type { Side } from '../plan/plan.ts';
import { BOTH_SIDES, CALLED } from './rules/who.ts';

type OneSide = 'supporter' | 'recipient';

export interface Parties {
  /** The side that wrote the plan. */
  we: OneSide;
  /** Names of schools by their side. */
  names: [name: string, side: OneSide][];
}

const SCHOOL = '[\\p{Script=Han}\\d]{2,20}?(?:学校|中学|小学|幼儿园|初中|高中|职高|中心园|教育中心)';
const TITLED = new RegExp(`(${SCHOOL})(?:(?:对口|结对|托管|"?组团式"?)?(?:支援|帮扶)|托管)(${SCHOOL})`, 'u');
/** 某镇小学关于做好与某县实验小学结对工作的安排: the author comes first. */
const WITH = new RegExp(`(${SCHOOL})[^,。\\n]{0,8}?[与和](${SCHOOL})[^,。\\n]{0,4}(?:结对|结为|对口)`, 'u');
const FRIEND = new RegExp(`我[校园][与和](${SCHOOL})结`, 'u');
const OF_A_TOWN = /[镇乡村]/;
const CALLED_SHORT = /(\p{Script=Han}{4,24})\((?:以下)?(?:统称|简称)[为:]?"?([^")]{2,10})"?\)/gu;
const UNDER = new RegExp(`在(${SCHOOL})的(?:对口|结对)?(?:帮扶|支援|帮助|支持)下`, 'u');
const PARTY = /[甲乙]方\((帮扶|支援|受扶|受援|受帮扶|被帮扶)[方校]\)[:：]\s*(\p{Script=Han}{4,20})/gu;
const OF_THE_HELPED = /接受[^,，。]{0,8}(?:帮扶|支援)|(?:受援|受扶|受帮扶)(?:工作|学校|校|园|方案|计划)/;

/** Who is who in a document, as its title and first lines say. */
export function partiesIn(text: string): Parties {
  const head = text.slice(0, 600);
  const names: Parties['names'] = [];
  const add = (name: string | undefined, side: OneSide) => {
    if (!name) return;
    for (const one of shortened(name)) names.push([one, side]);
  };
  const titled = TITLED.exec(head.replace(/["《》]/g, ''));
  add(titled?.[1], 'supporter');
  add(titled?.[2], 'recipient');
  const [, author, other] = (!titled && WITH.exec(head)) || [];
  const helped = author && other && OF_A_TOWN.test(author) && !OF_A_TOWN.test(other);
  add(author, helped ? 'recipient' : 'supporter');
  add(other, helped ? 'supporter' : 'recipient');
  const under = UNDER.exec(head);
  add(under?.[1], 'supporter');
  for (const [, part, name] of head.matchAll(PARTY)) add(name, /受|被/.test(part!) ? 'recipient' : 'supporter');
  for (const [, name, short] of text.matchAll(CALLED_SHORT)) {
    const side = names.find(([known]) => name!.endsWith(known))?.[1];
    if (side && !/^[我本]/.test(short!)) names.push([short!, side]);
  }
  const we = under || helped || OF_THE_HELPED.test(head.slice(0, 60)) ? 'recipient' : 'supporter';
  add(FRIEND.exec(head)?.[1], we === 'supporter' ? 'recipient' : 'supporter');
  names.sort(([a], [b]) => b.length - a.length);
  return { we, names };
}

/** A school's name and its short forms: without city or county, 初级中学 as 中学. */
function shortened(name: string): string[] {
  const local = name.replace(/^\p{Script=Han}{0,5}?[省市县区](?=\p{Script=Han}{4})/u, '');
  return [
    ...new Set([
      name,
      local,
      local.replace('初级中学', '中学'),
      local.replace('高级中学', '中学'),
      ...initials(local),
      ...withoutTown(local),
    ]),
  ];
}

/** 李集镇中心幼儿园 is shortened to 李集园. */
const withoutTown = (name: string): string[] => {
  const short = name.replace(/[镇乡](?:中心)?(?=(?:小学|中学|幼儿园|园)$)/, '');
  return short === name ? [] : [short, short.replace('幼儿园', '园')];
};

/** 实验小学 is shortened to 实小, 第二中学 to 二中. */
const initials = (name: string): string[] => {
  const short = name.replace(
    /(?:实验|第([一二三四五六七八九十]))([小中])学$|(实)验幼儿园$/,
    (_, n, kind) => `${n ?? '实'}${kind ?? '幼'}`,
  );
  return short === name ? [] : [short];
};

/** Stands before the school that is asked to act: guests, not their hosts, do what is counted. */
const GUESTS = /(?:接[受收纳待]|邀请|请|安排)$/;
/** Stands before the object of an action: 到X, 为X. */
const TOWARDS = /(?:[到赴去至往入为给向对与同在来的]|指导|帮助|资助|支援|深入|培训|参加)(?:每|各|\d+)?[所个家]?$/;

/** The side that acts in a segment; undefined if it names none. */
export function sideIn(segment: string, { we, names }: Parties): Side | undefined {
  if (BOTH_SIDES.when.test(segment)) return 'both';
  const other: OneSide = we === 'supporter' ? 'recipient' : 'supporter';
  const plain = names.reduce(
    (replaced, [name, side]) => replaced.replaceAll(name, side === 'supporter' ? '甲方' : '乙方'),
    segment,
  );
  const mentions = [
    ...CALLED.flatMap(({ when, side }) =>
      [...plain.matchAll(new RegExp(when, 'gu'))].map((m) => ({ at: m.index, text: m[0], side })),
    ),
    ...[...plain.matchAll(/(?:我|本)[校园](?!外)/g)].map((m) => ({ at: m.index, text: m[0], side: we })),
  ].sort((a, b) => a.at - b.at);
  const guest = mentions.find(({ at }) => GUESTS.test(plain.slice(0, at)));
  if (guest) return guest.side;
  const actor = mentions.find(({ at }) => !TOWARDS.test(plain.slice(0, at)));
  if (actor) return actor.side;
  const [target] = mentions;
  if (target) return target.side === 'supporter' ? 'recipient' : 'supporter';
  // 请骨干教师来校: the other side comes.
  return /(?:邀|聘)?请[^,，。;]{0,16}来|来我?校|接[受收纳]/.test(plain) ? other : undefined;
}
