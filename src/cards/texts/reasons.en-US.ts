/** What `plan` says in Chinese about a count, in English. A test holds this against the sentences in plan's source. */
const whole: Record<string, string> = {
  还只是计划: 'only planned so far',
  没有做成: 'was attempted, not done',
  已取消: 'was cancelled',
  已撤回: 'was withdrawn',
  不是本人参加的: 'the person took no part',
  '没有写到这名学生，或不是帮扶教师所做': 'does not name this pupil, or was not done by the mentor',
  没有同时写到师徒二人: 'does not name both mentor and mentee',
  不是本校人员所做: 'not done by people of this school',
  不是本区人员所做: 'not done by people of this district',
  '不是这一对学校、这一方所做': 'not done by this side of this pairing',
  活动类型不同: 'another kind of activity',
  对方有异议: 'disputed by the other school',
  早于本期: 'before this period',
  晚于本期: 'after this period',
  日期还没到: 'the day is yet to come',
  方式不在认可之列: 'not done in a way that is accepted',
  同一天同类只计一次: 'one of a kind counts per day',
  与已计的是同一次: 'the same occasion as one that counts',
  请假不计天数: 'days of leave do not count',
  这些天已经计过: 'these days count already',
  不是上课日: 'no school day',
  没有写节数: 'number of lessons not said',
  没有写金额: 'amount not said',
  没有写份数: 'number of pieces not said',
  没有写到本方人员: 'names nobody of this side',
  没有写到学生: 'names no pupil',
};
const patterns: [RegExp, string][] = [
  [/^要求的是(.+)$/, 'asked for is $1'],
  [/^内容不是(.+)$/, 'not about $1'],
  [/^已豁免：(.*)$/, 'waived: $1'],
  [/^一次写了超过(\S+)天，请按学年分开写$/, 'told as more than $1 days: write one stay for each school year'],
  [/^已完成 (\S+)$/, 'done $1'],
  [/^(\S+) 已截止，完成 (\S+)$/, 'ended on $1, done $2'],
  [/^(\S+) 开始$/, 'starts on $1'],
  [/^今天：(.+)$/, 'today: $1'],
  [/^还有 (\d+) 天：(.+)$/, '$1 days left: $2'],
];
const WANTED = /应在 (\S+) 前做到 (\S+)，现为 (\S+)$/;

export function reasonInEnglish(text: string): string {
  const known = Object.hasOwn(whole, text) ? whole[text]! : undefined;
  if (known) return known;
  const said = String(text).replace(WANTED, '$2 due by $1, now $3');
  const [pattern, english] = patterns.find(([p]) => p.test(said)) ?? [/$^/, ''];
  return said.replace(pattern, english);
}
