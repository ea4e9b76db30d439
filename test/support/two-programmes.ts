/** Two programmes of 城关小学: 陈志远 teaches, 周敏 coordinates in both, each with one Feishu user. All people are invented. */

const terms = [{ name: '上学期', start: '2026-09-01', end: '2027-01-22' }];
const chen = { name: '陈志远', school: '城关小学', open_id: 'ou_chen', mobile: '13800000001' };
const zhou = { name: '周敏', school: '城关小学', open_id: 'ou_zhou', roles: ['teacher', 'coordinator'] };

const asks = (id: string, title: string, activity: string, count: number, subject = 'teacher', period = 'term') => ({
  ...{ id, title, activity, subject, measure: 'times', count, period },
});

export const EAST = '东区结对';
export const WEST = '西区结对';

export const twoProgrammes = [
  {
    name: EAST,
    terms,
    schools: [
      { name: '城关小学', short: ['城关'] },
      { name: '万佑小学', short: ['万佑'] },
    ],
    people: [
      chen,
      zhou,
      { name: '李晓梅', school: '万佑小学' },
      { name: '赵联', school: '万佑小学', roles: ['coordinator'] },
    ],
    pairings: [{ supporter: '城关小学', recipient: '万佑小学' }],
    care: [{ mentor: '城关小学/陈志远', pupil: { name: '林小满', school: '城关小学' } }],
    plans: [
      {
        id: 'east',
        title: '东区方案',
        requirements: [
          asks('lesson', '送教', 'demo_lesson', 2),
          asks('talk', '谈心', 'talk', 4, 'care'),
          asks('observe', '听课', 'observe', 1),
        ],
      },
    ],
  },
  {
    name: WEST,
    terms,
    schools: [
      { name: '城关小学', short: ['城关'] },
      { name: '石桥小学', short: ['石桥'] },
    ],
    people: [
      chen,
      zhou,
      { name: '王海', school: '石桥小学' },
      { name: '孙联', school: '石桥小学', roles: ['coordinator'] },
    ],
    pairings: [{ supporter: '城关小学', recipient: '石桥小学' }],
    care: [{ mentor: '城关小学/陈志远', pupil: { name: '何小雨', school: '城关小学' } }],
    plans: [
      {
        id: 'west',
        title: '西区方案',
        requirements: [
          asks('lesson', '送课下乡', 'demo_lesson', 1),
          asks('talk', '谈话', 'talk', 4, 'care'),
          asks('lecture', '讲座', 'lecture', 1),
        ],
      },
    ],
  },
];
