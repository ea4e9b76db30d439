import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CAUSE, CHORE, happeningOf, identityOf, NOTICE } from '../../src/plan/identities.ts';

/** The identities under which stores already hold rows; none may change. */
const stored: [made: string, text: string][] = [
  [CAUSE.event('e'), 'event:e'],
  [CAUSE.message('om'), 'message:om'],
  [CAUSE.recalled('om'), 'recalled:om'],
  [CAUSE.form('p', 'n'), 'form:p:n'],
  [CAUSE.photo('f'), 'photo:f'],
  [CAUSE.posts('ou', '2026-11-16'), 'posts:ou:2026-11-16'],
  [CAUSE.upload('u'), 'upload:u'],
  [NOTICE.answer('om', 0), 'answer:om:0'],
  [NOTICE.answer('event:e', 1), 'answer:event:e:1'],
  [NOTICE.reaction('om'), 'reaction:om'],
  [NOTICE.refused('message:om'), 'refused:message:om'],
  [NOTICE.asked('d', 'message:om'), 'asked:d:message:om'],
  [NOTICE.same('event:e'), 'same|event:e'],
  [NOTICE.form('event:e'), 'form|event:e'],
  [NOTICE.recalled('recalled:om'), 'recalled:om'],
  [NOTICE.photo('f'), 'photo:f'],
  [NOTICE.secondOpinion('om'), 'opinion:om'],
  [NOTICE.kept('om'), 'kept:om'],
  [NOTICE.dropped('om'), 'dropped:om'],
  [NOTICE.patch('om', 'event:e'), 'patch:om:event:e'],
  [NOTICE.patch('om', 'event:e', 3), 'patch:om:event:e:3'],
  [NOTICE.welcome('ou', 'pr'), 'welcome:ou:pr'],
  [NOTICE.group('oc'), 'group:oc'],
  [NOTICE.unknown('ou'), 'unknown:ou'],
  [NOTICE.unknown('ou', '2026-11-16'), 'unknown:ou:2026-11-16'],
  [NOTICE.administrator('om'), 'admin:om'],
  [NOTICE.firstCode('om'), 'code:om'],
  [NOTICE.claim('r', 'p'), 'claim:r:p'],
  [NOTICE.confirm('a', 2, 'p'), 'confirm:a:2:p'],
  [NOTICE.dispute('a', 2), 'dispute:a:2'],
  [NOTICE.behalf('message:om'), 'behalf:message:om'],
  [NOTICE.alone('message:om', 'p1'), 'alone:message:om:p1'],
  [NOTICE.arranged('a', 'p'), 'arranged:a:p'],
  [NOTICE.unarranged('a', 'p'), 'unarranged:a:p'],
  [NOTICE.arrangementAsked('a', 'p'), 'arrange:a:p'],
  [NOTICE.arrangementRefused('a'), 'arrange:a:refused'],
  [NOTICE.notMe('a', 1, 'p'), 'not_me:a:1:p'],
  [NOTICE.help('h', 'p'), 'help:h:p'],
  [NOTICE.helpAnswer('h', 1), 'help:h:answer:1'],
  [NOTICE.helpTaken('h'), 'help:h:taken'],
  [NOTICE.helpClosed('h', 'p'), 'help:h:closed:p'],
  [NOTICE.inspection('i', 'found:1', 'p'), 'inspection:i:found:1:p'],
  [NOTICE.importPreview('u'), 'import:u'],
  [NOTICE.planDraft('om'), 'plan-draft:om'],
  [NOTICE.imported('u'), 'imported:u'],
  [NOTICE.fileRefused('x'), 'file-refused:x'],
  [NOTICE.morning('ou', '2026-11-16'), 'morning|ou|2026-11-16'],
  [NOTICE.digest('ou', 'g1', '2026-11-16'), 'digest|ou|g1|2026-11-16'],
  [NOTICE.nudge('ou', '2026-11-16'), 'nudge|ou|2026-11-16'],
  [NOTICE.urgent('om'), 'urgent|om'],
  [NOTICE.urgentRefused('n1', 2), 'urgent-refused|n1|2'],
  [NOTICE.summary('weekly-summary', 'ou', 'pr', '2026-11-20'), 'weekly-summary|ou|pr|2026-11-20'],
  [NOTICE.unreachable('p', 'q', 7), 'unreachable|p|q|7'],
  [NOTICE.mirror('pr', 'touched', '2026-11-16'), 'mirror|pr|touched|0|2026-11-16'],
  [CHORE.fetchPhoto('om', 0), 'photo:om:0'],
  [CHORE.dropEvidence('om'), 'drop:om'],
  [CHORE.removePhoto('f'), 'remove:f'],
  [CHORE.showPhotos('event:e'), 'show:event:e'],
  [CHORE.sendFile('message:om', 'g1'), 'file:message:om:g1'],
  [CHORE.secondOpinion('message:om'), 'opinion:message:om'],
  [CHORE.readWorkbook('om'), 'workbook:om'],
  [CHORE.readPlan('om'), 'plan:om'],
  [CHORE.importWorkbook('u'), 'import:u'],
  [CHORE.followImport('pr', 'i'), 'follow:pr:i'],
  [CHORE.findPeople('pr', 'upload:u'), 'find_people:pr:upload:u'],
  [CHORE.identify('message:om'), 'identify:message:om'],
  [CHORE.identifyEntered('ou'), 'identify:entered:ou'],
  [happeningOf('h', 'recorded', 'a|1'), 'h|recorded|a|1'],
  [identityOf({ kind: 'overdue', recipientId: 'p', key: 'ob', stage: '1' }), 'overdue|p|ob|1'],
];

test.each(stored)('%s', (made, text) => {
  expect(made).toBe(text);
});

test('every identity is in the list, and none is built anywhere else', () => {
  const names = Object.keys({ ...CAUSE }).length + Object.keys(NOTICE).length + Object.keys(CHORE).length;
  // `answer`, `patch` and `unknown` appear twice; `happeningOf` and `identityOf` are not members.
  expect(stored.length).toBe(names + 5);
  const files = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== 'src/plan/identities.ts' && !path.startsWith('src/sandbox/'));
  const written = files.filter((path) => /\b(identity|cause)\b\s*[:=]\s*`/.test(readFileSync(path, 'utf8')));
  expect(written).toEqual([]);
});
