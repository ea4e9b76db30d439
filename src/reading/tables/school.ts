/** Subjects as people say them, with the stored name if it differs. */
export const SUBJECTS = `语文 数学 英语 物理 化学 生物 历史 地理 政治 思政 道德与法治 道法 思品 品德 科学 音乐 美术 体育 信息技术 信息科技 劳动 心理健康 心理 综合实践 书法 通用技术 舞蹈 英文 语言`;
export const SUBJECT_NAMES: Record<string, string> = { 道法: '道德与法治', 英文: '英语' };

export const TITLES =
  '老师 校长 副校长 主任 副主任 书记 园长 副园长 组长 教研组长 教师 班主任 科长 局长 主席 教授 教研员 专家';
/** The roles that a title can belong to; titles that are not listed fit anybody. */
export const TITLE_ROLES: Record<string, string[]> = {
  校长: ['principal', 'vice_principal'],
  校: ['principal', 'vice_principal'],
  副校长: ['vice_principal'],
  园长: ['principal', 'vice_principal'],
  主任: ['middle_manager'],
  // A principal is called by the office.
  老师: ['teacher', 'coordinator', 'middle_manager'],
};
/** Common family names, for names of people who are not in the roster. */
export const FAMILY_NAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝宁尚符舒阮柯纪梅童凌毕季裴霍涂苗谷盛曲翁冉骆蓝游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩佘池查麻苑迟邝';

/** Measure words, by what they count. */
export const UNITS = {
  times: '次 回 趟 场 轮 番 个电话 通电话 通 场次 次课 次电话 次话 次心 回课 个视频 个微信电话 期',
  lessons: '节 堂 课时 节课 堂课 个课时 节次',
  persons:
    '人 名 位 个人 个学生 个孩子 个娃 位老师 名学生 名老师 名教师 个老师 个同学 名同学 名孩子 位同学 位学生 个家庭 户 户人家 个徒弟 个老师们 人次 位教师 名听众 多人 口人 个家长 位家长 名家长 家',
  goods:
    '台 套 本 册 箱 件 支 张 副 包 双 架 把 盒 袋 份 批 辆 桌 床 条 部 块 桶 斤 个 只 幅 顶 组 打 捆 颗 盏 枚 瓶 壶 提 身 筐 车 册书 公斤 面 根 串 卷 罐 扇 座 对 棵 株 具',
  money: '元 块钱 元钱 万元 万块 圆 块 千元 元整 万 百元 rmb',
  days: '天 个工作日 天时间 整天 个整天',
  weeks: '周 个星期 星期 个礼拜 个周 周时间',
  months: '个月 个来月',
  duration:
    '分钟 分 小时 个小时 个钟头 个钟 年 个学期 学期 学年 个学年 刻钟 秒 个半小时 多分钟 多小时 半小时 钟头 来分钟 来小时 多个小时 个多小时 余分钟 个下午 个上午 个晚上 下午 上午 晚上 节课时间 节课的时间 节课时长',
  label:
    '年级 班 单元 课 章 页 题 楼 届 级 点 岁 % 公里 里 分数 遍 号楼 教室 道题 道 米 公里路 里路 排 年 项 个单元 个班 篇 首 个字 名次 个问题 个方面 点建议 条建议 条意见 层 栋 路 路车 单元测 所 所学校 个学校 个知识点 倍 度 种 元一 个年级 大 方面 个环节 步 类 号 ° 人以上',
} as const;
export type Unit = keyof typeof UNITS;
