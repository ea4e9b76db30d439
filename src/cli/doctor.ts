import { parseArgs } from 'node:util';
import type { Core } from '../app/core.ts';
import { examine } from '../lark/doctor.ts';
import type { Check, Patient } from '../lark/finding.ts';
import { schoolCalendar } from '../plan/calendar.ts';
import { rosterOf } from '../plan/roster.ts';
import { rosterWarnings } from '../plan/roster-warnings.ts';
import { arrivedMessages } from '../store/inbox.ts';
import { allMembers } from '../store/members.ts';
import { listMirrors } from '../store/mirror.ts';
import { waitingForApp } from '../store/notice-sending.ts';
import { listProgrammes } from '../store/programmes.ts';
import { listRosterBases } from '../store/roster-bases.ts';
import { type OperatorCommand, Usage } from './command.ts';
import { todayOf } from './moments.ts';
import { warningLines } from './roster-warnings.ts';

/** How far back to look for lost messages. */
const HOURS = 24;
const SIGN = { true: '✓', false: '✗', unknown: '?' } as const;

export const doctor: OperatorCommand = {
  usage: 'doctor [--trace [MINUTES]]',
  summary:
    'check the app as Feishu knows it: what is wrong, and the page to fix it on; --trace also writes the traffic with Feishu for so many minutes (60), without secrets, names and words',
  run: async ({ args, io, config, core }) => {
    const { values, positionals } = parseArgs({
      args,
      options: { trace: { type: 'boolean' } },
      allowPositionals: true,
    });
    const minutes = Number(positionals[0] ?? 60);
    if (positionals.length > (values.trace ? 1 : 0) || !(minutes > 0 && minutes <= 1440))
      throw new Usage('doctor --trace takes a number of minutes, at most 1440');
    if (values.trace) {
      core.ctx.tap.open(minutes * 60_000);
      const alone = config.databaseUrl ? ' (this command’s own calls: with MySQL the program is another process)' : '';
      io.out(`traced for ${minutes} minutes${alone}: ${core.ctx.tap.file}\n`);
    }
    for (const line of [...(await calendarNotes(core)), ...(await rosterNotes(core))]) io.out(`${line}\n`);
    if (!config.lark) {
      io.out(
        'no app is set (LARK_APP_ID): the sandbox plays Feishu, so there is nothing to check\n  https://open.feishu.cn/app\n',
      );
      return 0;
    }
    const checks = await examine(await patientOf(core));
    for (const check of checks) io.out(checkLine(check));
    if (config.larkConnection === 'webhook')
      io.out('  no public address, or callbacks that do not arrive? LARK_CONNECTION=socket needs none\n');
    return checks.some((check) => check.ok === false) ? 1 : 0;
  },
};

const checkLine = ({ check, ok, advice, page }: Check): string =>
  `${SIGN[String(ok) as keyof typeof SIGN]} ${check}${ok === true ? '' : `: ${advice}\n  ${page}`}\n`;

async function patientOf({ ctx }: Core): Promise<Patient> {
  const people: (Patient['people'][number] & { unreachable: boolean; chatId?: string })[] = [];
  let calendar = false;
  const programmes = await listProgrammes(ctx.db);
  for (const { id } of programmes) {
    const { person } = rosterOf(await ctx.programmeOf(ctx.db, id));
    for (const { openId, personId, settings } of await allMembers(ctx.db, id)) {
      calendar ||= settings.calendar === true;
      people.push({
        openId,
        name: person.get(personId)?.name ?? openId,
        unreachable: settings.unreachableSince !== undefined,
        chatId: settings.chatId,
      });
    }
  }
  return {
    client: ctx.lark,
    appId: ctx.appId,
    domain: ctx.config.larkDomain,
    connection: ctx.config.larkConnection,
    encryptKey: ctx.config.lark?.encryptKey ?? '',
    verificationToken: ctx.config.lark?.verificationToken ?? '',
    waiting: await waitingForApp(ctx.db),
    mirrors: (await listMirrors(ctx.db)).flatMap((m) => (m.state === 'off' ? [] : [m.place ?? m.appToken])),
    lists: (await listRosterBases(ctx.db)).map((base) => base.place),
    calendar,
    people: people.filter((p) => !p.unreachable),
    reached: people.filter((p) => p.chatId !== undefined).length,
    unreachable: people.filter((p) => p.unreachable).map((p) => p.name),
    chats: people.flatMap((p) => p.chatId ?? []),
    since: ctx.now() - HOURS * 3_600_000,
    arrived: (messageIds) => arrivedMessages(ctx.db, messageIds),
  };
}

/** The gaps in the lists of each programme. */
async function rosterNotes(core: Core): Promise<string[]> {
  const notes: string[] = [];
  for (const { id, name } of await listProgrammes(core.ctx.db)) {
    const found = rosterWarnings(await core.ctx.programmeOf(core.ctx.db, id), todayOf(core));
    notes.push(...warningLines(found).map((line) => `? lists of ${name}: ${line}`));
  }
  return notes;
}

/** Years whose holidays are not published yet, if a programme has school in them. */
async function calendarNotes({ ctx }: Core): Promise<string[]> {
  const notes: string[] = [];
  for (const { id, name } of await listProgrammes(ctx.db)) {
    const programme = await ctx.programmeOf(ctx.db, id);
    const calendar = schoolCalendar(programme);
    const years = [...new Set(programme.terms.flatMap((t) => [t.start.slice(0, 4), t.end.slice(0, 4)]))].map(Number);
    const open = years.filter((year) => calendar.provisional(year));
    if (open.length > 0)
      notes.push(`? calendar of ${name}: holidays of ${open.join(', ')} are not published, festival days are assumed`);
  }
  return notes;
}
