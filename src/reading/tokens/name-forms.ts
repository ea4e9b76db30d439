/** 晓街乡万佑九年一贯制学校: also without the leading places, and the short names followed by 学校, 中学, 小学. */
export function schoolForms(school: { name: string; short: string[] }): string[] {
  const local = school.name.replace(/^.*[省市县区州乡镇](?=.{3})/u, '');
  const stem = local.replace(/(?:九年一贯制学校|九年制学校|中心小学|中心学校|幼儿园|学校|中学|小学)$/u, '');
  const shorts = [
    ...school.short,
    ...(stem.length >= 2 && stem !== local
      ? [stem].filter((form) => form.length <= 4 && school.short.length === 0)
      : []),
  ];
  const kind = /幼儿园/u.test(school.name)
    ? ['幼儿园']
    : /小学/u.test(school.name)
      ? ['小学', '学校']
      : ['学校', '中学'];
  const withKind = shorts.filter((form) => !/[学园]$/u.test(form)).flatMap((form) => kind.map((end) => form + end));
  return [...new Set([school.name, local, ...shorts, ...withKind])].filter((form) => form.length >= 2);
}

/** 王建国: 建国, 小王, 老王; a title may follow any name. */
export function personForms(name: string): string[] {
  const family = familyName(name);
  const given = name.slice(family.length);
  return [name, ...(given.length >= 2 ? [given] : []), `小${family}`, `老${family}`];
}

/** 王小明: 小明, 明明, 王同学; for 小杰 also 杰杰. */
export function pupilForms(name: string): string[] {
  const nick = /^[小阿]/u.test(name) && name.length === 2;
  const family = nick ? '' : familyName(name);
  const given = name.slice(family.length);
  const last = name.at(-1)!;
  const forms = [name, `${last}${last}`, `小${last}`];
  if (given.length >= 2) forms.push(given);
  if (family) forms.push(`${family}同学`, `小${family}同学`);
  return forms;
}

const DOUBLE_FAMILY = '欧阳 上官 司马 诸葛 司徒 东方 慕容 令狐 皇甫 尉迟 公孙 夏侯 端木'.split(' ');

export function familyName(name: string): string {
  const double = name.slice(0, 2);
  return name.length > 2 && DOUBLE_FAMILY.includes(double) ? double : name.slice(0, 1);
}
