/** A small programme for each preset, with invented people, for its example sentences. */
const TERMS = `
terms:
  - {name: 上学期, start: 2026-09-01, end: 2027-01-22}
  - {name: 下学期, start: 2027-02-22, end: 2027-07-09}
`;

const people = (supporter: string, recipient: string) => `
people:
  - {name: 周文, school: ${supporter}, roles: [teacher, coordinator]}
  - {name: 罗国强, school: ${supporter}, roles: [principal]}
  - {name: 郑敏, school: ${supporter}, roles: [vice_principal]}
  - {name: 丁兰, school: ${recipient}, roles: [teacher, coordinator]}
  - {name: 区联, district: 东区, roles: [bureau_leader, bureau_coordinator]}
`;

const pair = (use: string, supporter: string, recipient: string, kind: string) => `
name: 演练
${TERMS}
districts: [{name: 东区}]
schools: [{name: ${supporter}, kind: ${kind}, district: 东区}, {name: ${recipient}, kind: ${kind}, district: 东区}]
${people(supporter, recipient)}
pairings: [{supporter: ${supporter}, recipient: ${recipient}, from: 2026-09-01}]
plans: [{use: ${use}}]
`;

/** The supporting and the supported school of a cast. */
export const CAST_SCHOOLS: Record<string, [string, string]> = {
  'city-county-2017': ['市一中', '县一中'],
  'county-compulsory': ['城一小', '山口小学'],
  'district-rotation': ['实验学校', '平岗中学'],
  'kindergarten-pairs': ['示范园', '东乡园'],
  'lingbi-huigou-2012': ['灵璧职高', '浍沟中学'],
  'yunxian-minzu': ['民族中学', '万佑学校'],
  'central-primary': ['城关小学', '崔庄中心小学'],
  'five-middle-schools': ['城区中学', '九合中学'],
};

export const CASTS: Record<string, string> = {
  'city-county-2017': `
name: 演练
${TERMS}
districts: [{name: 东区}, {name: 县}]
schools:
  - {name: 市一中, kind: senior, district: 东区}
  - {name: 县一中, kind: senior, district: 县}
  - {name: 市直幼儿园, kind: kindergarten, district: 东区}
  - {name: 乡镇幼儿园, kind: kindergarten, district: 县}
${people('市一中', '县一中').trim()}
  - {name: 幼师, school: 市直幼儿园, roles: [teacher]}
pairings:
  - {supporter: 市一中, recipient: 县一中, from: 2026-09-01}
  - {supporter: 市直幼儿园, recipient: 乡镇幼儿园, from: 2026-09-01}
plans: [{use: city-county-2017}]
`,
  'county-compulsory': pair('county-compulsory', '城一小', '山口小学', 'primary'),
  'district-rotation': pair('district-rotation', '实验学校', '平岗中学', 'middle'),
  'kindergarten-pairs': pair('kindergarten-pairs', '示范园', '东乡园', 'kindergarten'),
  'lingbi-huigou-2012': pair('lingbi-huigou-2012', '灵璧职高', '浍沟中学', 'middle'),
  'yunxian-minzu': pair('yunxian-minzu', '民族中学', '万佑学校', 'middle'),
  'central-primary': pair('central-primary', '城关小学', '崔庄中心小学', 'primary'),
  'five-middle-schools': `
name: 演练
${TERMS}
districts: [{name: 东区}]
schools:
  - {name: 城区中学, district: 东区}
  - {name: 九合中学, district: 东区}
  - {name: 江上中学, district: 东区}
  - {name: 白槎中学, district: 东区}
  - {name: 吴城中学, district: 东区}
  - {name: 马口中学, district: 东区}
${people('城区中学', '九合中学')}
pairings:
  - {supporter: 城区中学, recipient: 九合中学, from: 2026-09-01}
  - {supporter: 城区中学, recipient: 江上中学, from: 2026-09-01}
  - {supporter: 城区中学, recipient: 白槎中学, from: 2026-09-01}
  - {supporter: 城区中学, recipient: 吴城中学, from: 2026-09-01}
  - {supporter: 城区中学, recipient: 马口中学, from: 2026-09-01}
plans: [{use: five-middle-schools}]
`,
  'care-pupils': `
name: 演练
${TERMS}
schools: [{name: 某中学}]
people:
  - {name: 周文, school: 某中学, roles: [teacher]}
  - {name: 罗国强, school: 某中学, roles: [principal, coordinator]}
care: [{mentor: 周文, pupil: 小杰}, {mentor: 罗国强, pupil: 小雨}]
plans: [{use: care-pupils}]
`,
  'lagging-pupils': `
name: 演练
${TERMS}
schools: [{name: 某中学}]
people:
  - {name: 周文, school: 某中学, roles: [teacher]}
  - {name: 罗国强, school: 某中学, roles: [coordinator]}
care: [{mentor: 周文, pupil: 小杰}, {mentor: 周文, pupil: 小一}]
plans: [{use: lagging-pupils}]
`,
};
