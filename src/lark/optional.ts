/** Checks the optional features that are switched on, and whether the app has their scopes. */
import { WIKI } from './base-link.ts';
import { type DoctorFinding, fine, grantedScopes, type Patient, wrong } from './finding.ts';
import { LarkRefused } from './refusal.ts';

/** One scope that covers all calls, or else all of the narrow ones. */
type Need = { what: string; scope: string; narrow: string[] };

const BASE: Need = {
  what: '多维表格',
  scope: 'bitable:app',
  narrow: [
    ...['base:app:create', 'base:table:read', 'base:table:create', 'base:table:delete', 'base:field:read'],
    ...['base:field:create', 'base:record:create', 'base:record:update', 'base:record:delete', 'base:record:retrieve'],
    'docs:permission.member:create',
  ],
};
const LISTS: Need = { ...BASE, narrow: ['base:table:read', 'base:field:read', 'base:record:retrieve'] };
const WIKIS: Need[] = ['wiki:node:read', 'wiki:wiki:readonly', 'wiki:wiki'].map((scope) => ({
  what: '知识库里的多维表格',
  scope,
  narrow: [],
}));
const CALENDAR: Need = {
  what: '计划写进日历',
  scope: 'calendar:calendar',
  narrow: [
    ...['calendar:calendar:read', 'calendar:calendar.event:create'],
    ...['calendar:calendar.event:update', 'calendar:calendar.event:delete'],
  ],
};

/** The first need that is not met; meeting any of the alternatives is enough. */
const lacking = (granted: Set<string>, needs: Need[][]): Need | undefined =>
  needs.find(
    (any) =>
      !any.some((n) => granted.has(n.scope) || (n.narrow.length > 0 && n.narrow.every((scope) => granted.has(scope)))),
  )?.[0];

const missing = ({ what, scope }: Need): DoctorFinding =>
  wrong(`${what}需要权限 ${scope}：请开通、发布版本并等管理员审批。`);

/** What mirrors and lists kept in a Base need: scopes, and the app as a collaborator of each Base. */
export async function bases({ client, mirrors, lists }: Patient): Promise<DoctorFinding> {
  const places = [...mirrors.filter((place) => place !== undefined), ...lists];
  const lack = lacking(await grantedScopes(client), [
    [mirrors.length > 0 ? BASE : LISTS],
    ...(places.some((place) => place.startsWith(WIKI)) ? [WIKIS] : []),
  ]);
  if (lack) return missing(lack);
  for (const place of places) {
    try {
      const token = encodeURIComponent(await client.baseToken(place));
      await client.get('listTables', `/open-apis/bitable/v1/apps/${token}/tables?page_size=1`);
    } catch (error) {
      if (error instanceof LarkRefused) return wrong(error.advice || error.message);
      throw error;
    }
  }
  return fine;
}

/** What plans in people's calendars need. */
export async function calendar({ client }: Patient): Promise<DoctorFinding> {
  const lack = lacking(await grantedScopes(client), [[CALENDAR]]);
  return lack ? missing(lack) : fine;
}
