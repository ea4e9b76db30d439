import { notice, type Texts } from '../../cards/index.ts';
import { whomToAsk } from '../../plan/policy.ts';
import { rosterOf } from '../../plan/roster.ts';
import type { Facts } from '../intake/facts.ts';
import type { Command } from '../intake/outcome.ts';
import { plainQuestion } from '../intake/plain-question.ts';

type Topic = 'coordinator' | 'photos' | 'ranking' | 'broadcast' | 'joining' | 'filing';

interface Rule {
  topic: Topic;
  says: string;
  when: RegExp;
}

/** Short questions people ask about using the bot. */
export const ASKED_AROUND: Rule[] = [
  {
    topic: 'coordinator',
    says: '联络员是谁',
    when: /^(?:我们?(?:学?校)?的?)?(?:联络员|负责人|管理员)(?:是|叫)?(?:谁|哪位|哪个)?$|^(?:这个|这事|这件事|有事|有问题)?(?:谁(?:来)?(?:管|负责|分管)(?:这个|这件|这事|这)?事?|(?:该|应该|要)?(?:找|问|联系)谁)$/u,
  },
  {
    topic: 'photos',
    says: '照片怎么发',
    when: /^(?:照片|图片|佐证|附件|材料|文件)(?:要|该)?(?:怎么|如何|咋|在哪里?)(?:发|传|上传|交|补|弄)$|^(?:怎么|如何|咋)(?:发|传|上传|补)(?:照片|图片|佐证|附件)$|^(?:照片|佐证|图片)(?:可以|能)?(?:后面|以后|之后|过后|晚点)?再?补$|^(?:没有?|不(?:发|传|拍))(?:照片|图片|佐证)(?:行不行|可以|行|算不算|也算|算)?$|^(?:要不要|一定要|必须|需要|要)(?:发|传|拍|有)?(?:照片|图片|佐证)$/u,
  },
  {
    topic: 'ranking',
    says: '谁做得最好',
    when: /^(?:谁|哪个老师|哪位)(?:做得?|来得?|干得?|表现)?(?:最|比较)(?:好|差|多|少|积极|不行)|^(?:我们?)?(?:学?校)?(?:排|是)(?:名)?第几(?:名)?$|^(?:老师|学校|各校)?排名$|^表彰谁$/u,
  },
  {
    topic: 'broadcast',
    says: '发个通知：周五开会',
    when: /^(?:帮我|请|麻烦)?(?:发(?:个|一个|一下)?通知|群发|通知(?:一下)?(?:大家|全体|所有|各位|老师们))/u,
  },
  {
    topic: 'joining',
    says: '怎么加老师',
    when: /^(?:怎么|如何)(?:加|添加|增加|新增|录入)(?:新)?(?:老师|教师|人员?|学生|学校)|^新来了?(?:个|一个|位|一位)?(?:老师|教师)/u,
  },
  {
    topic: 'filing',
    says: '支教人员考核结果怎么记入档案',
    when: /^.{0,12}?(?:怎么|如何|咋)(?:记入|写进|存入|放进|归入|建立?)(?:个人|帮扶)?档案$|^(?:个人|帮扶)?档案(?:怎么|如何|咋)(?:建|做|弄|归)$/u,
  },
];

/** 联络员是谁, 照片怎么发: questions about using the bot, each with a fixed answer. */
export const askAroundCommand: Command<Topic> = {
  name: 'ask-around',
  match: (text) => ASKED_AROUND.find(({ when }) => when.test(plainQuestion(text)))?.topic,
  run: async (_trx, facts, topic) => ({
    say: () => (topic === 'coordinator' ? coordinators(facts) : topicCard(facts.t, topic)),
  }),
};

const topicCard = (t: Texts, topic: Exclude<Topic, 'coordinator'>) =>
  notice({ title: t.around.titles[topic], text: t.around[topic] }, t);

function coordinators({ me, programme, t }: Facts) {
  const { schoolName } = rosterOf(programme);
  const people = whomToAsk(me, 'answer', { kind: 'person', id: me.id }, programme);
  const names = people.map((p) => [schoolName(p.schoolId), p.name].filter(Boolean).join(' '));
  const text = names.length > 0 ? t.around.coordinators(names.join(t.comma)) : t.around.noCoordinator;
  return notice({ title: t.around.coordinatorsTitle, text }, t);
}
