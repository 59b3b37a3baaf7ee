import type { Finding } from './finding.ts';

const COMPOUND = '欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|东方|独孤|南宫';
const COMMON =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方' +
  '石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕' +
  '聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮' +
  '桂闵强丘华车冉房边阴闫佘肖付邬晏鄢宫敖蒲岑符';
const SURNAME = new Set(COMMON);
const HAN = /\p{Script=Han}/u;
const COMPOUND_START = new RegExp(`^(?:${COMPOUND})`);

/** How many characters of a name are its surname. */
export function surnameLength(name: string): number {
  return COMPOUND_START.test(name) && name.length > 2 ? 2 : 1;
}

// Words that end in a surname: in 「关于医生」 or 「语文老师」 nobody is named.
const WORDS_ENDING_IN_SURNAME = new Set(
  (
    '关于 对于 由于 终于 属于 至于 位于 处于 等于 鉴于 基于 主任 班主任 责任 信任 担任 当时 同时 及时 平时 有时 那时 一时 按时 一向 方向 对方 双方 地方 官方 ' +
    '警方 校方 资方 甲方 乙方 各方 多方 东方 南方 院方 店方 施工方 工程 课程 过程 语文 作文 历史 也许 允许 不许 公安 治安 保安 租金 押金 资金 现金 ' +
    '基金 奖金 现钱 给钱 收钱 交钱 买单 名单 订单 保单 一张 几张 两张 张张 千万 上万 几万 大连 马路 公路 道路 一路 沿路 经常 日常 正常 非常 平常 ' +
    '体温 高温 一段 阶段 路段 说明 一包 面包 承包 勉强 加强 增强 很强 中华 精华 公开 汽车 停车 打车 开车 火车 坐车 交车 租车 货车 客车 电车 骑车 班车 校车 警车 修车 洗车 住房 楼房 厨房 病房 ' +
    '药房 一边 旁边 身边 那边 这边 机关 相关 有关 海关 把关 难关 完成 组成 造成 变成 一成 统计年纪 世纪 经纪 年纪 太阳 上游 旅游 导游 收费 学费 免费 ' +
    '缴费 退费 消费 水费 公司 上司 检查 调查 审查 巡查 排查 书记 不解 理解 了解 讲解 单位 各位 几位 这位 那位 一位 两位 多位 诸位 职位 岗位 部位 学位 ' +
    '保卫 安宁 主席 出席 缺席 高高 提高 很高 年龄 冬季 夏季 淡季 旺季 分管 监管 主管 城管 保管 不顾 照顾 回顾 教费 尽管 不管 交管 水管 血管 街道'
  ).split(' '),
);

const TITLE =
  /女士|先生|小姐|师傅|大爷|大妈|大叔|大娘|大姐|大哥|阿姨|奶奶|爷爷|叔叔|伯伯|嫂子|同学|老师|医生|护士|老板|经理/g;
const OFFICE = /书记|主任|主席|警官|[局科处所队院校镇村县区市部站会]长(?![期远达年度城久])/g;

const isSurname = (text: string, at: number): boolean =>
  SURNAME.has(text.charAt(at)) && !WORDS_ENDING_IN_SURNAME.has(text.slice(at - 1, at + 1));

// What may stand before a full name inside a sentence, besides punctuation.
const LEADS_IN = new Set('的是和与及叫名主户民人员位请找问由给向对被跟同让为有因经询求妇汉孩子儿女孙妻夫');
const NOT_GIVEN =
  /[的是和与请叫给对向被找问在有了不们其这那各该本我你他她它位个村除到于员班店站镇厂场馆校院局嘴副部吗人]/;

/** Length of the name that ends right before `end`, 0 for none. With `full`, a surname alone is not enough. */
function nameBefore(text: string, end: number, full: boolean): number {
  if (COMPOUND_START.test(text.slice(end - 2, end))) return full ? 0 : 2;
  for (const length of [4, 3, 2]) {
    const start = end - length;
    if (start < 0) continue;
    const name = text.slice(start, end);
    const surname = surnameLength(name);
    if (length === 4 && surname === 1) continue;
    if (surname === 1 && !isSurname(text, start)) continue;
    if (![...name].every((c) => HAN.test(c)) || NOT_GIVEN.test(name.slice(surname)) || EVERYDAY.test(name))
      continue;
    const before = text.charAt(start - 1);
    if (start === 0 || !HAN.test(before) || LEADS_IN.has(before)) return length;
  }
  return !full && isSurname(text, end - 1) ? 1 : 0;
}

function* beforeTitles(text: string, titles: RegExp, full: boolean): Generator<Finding> {
  for (const match of text.matchAll(titles)) {
    const length = nameBefore(text, match.index, full);
    if (length === 0) continue;
    const start = match.index - length;
    yield { kind: 'name', start, end: match.index, text: text.slice(start, match.index) };
  }
}

// After these words a name is likely; `strong` ones announce one, the others only where the name ends cleanly.
const STRONG =
  /我叫|名叫|姓名[:： ]{0,2}|联系人(?:是|为|[:： ]){0,2}|户主(?:是|为|[:： ]){0,2}|业主[:：]|当事人[:： ]{0,2}|申请人[:： ]{0,2}|投诉人[:： ]{0,2}|举报人[:： ]{0,2}|反映人[:： ]{0,2}/g;
const WEAK =
  /我是|本人|儿子|女儿|孩子|小孩|孙子|孙女|学生|丈夫|老公|妻子|老婆|父亲|母亲|爸爸|妈妈|业主|居民|村民|邻居|职工/g;
const AFTER_NAME =
  /^(?:$|[^\p{Script=Han}]|住|家住|来自|出生|和|与|电话|手机|身份证|联系|男|女士|先生|今年|现年|现在|家)/u;
// Everyday words that begin with a surname and would pass for a name after a weak announcement.
const EVERYDAY =
  /^(?:项目|许多|司法|路人|孙女|谢谢|曾[到于经在向被是有多]|向[村有县市省物上下]|高[一二三中考校]|高级|高兴|高度|安全|安排|安置|方便|方面|方式|常年|常常|万般|万分|任何|应该|成绩|成年|成长|文化|文明|石头|马上|向来|向往|房子|房产|车子|车位|车辆|关心|关系|关注|金额|钱财|明明|易燃|路过|路边|包括|包车|周边|周围|周末|何时|何况|温饱|单位|单独|费用|江边|毛病|武装|经济|强烈|华人|和平|齐心|平时|家长|管理|管道|施工|边上|左右|左邻|阳台|季度|白天|白白|康复|游客|欧洲|水平|沿街|路口|路面|江水|林业|田地|石材|黄土|黄金|夏天|严重|严格|连续|申请|申报|申诉|苦苦|苗圃|司机|卫生|甘愿|童年|牛羊|章程|文件|梅雨|兰花|桂花|柳树|盛夏|伍佰)/;

function nameAfter(text: string, start: number, strong: boolean): number {
  const rest = text.slice(start, start + 12);
  const surname = COMPOUND_START.test(rest) ? 2 : SURNAME.has(rest.charAt(0)) ? 1 : 0;
  if (surname === 0 || EVERYDAY.test(rest)) return 0;
  for (const length of [surname + 1, surname + 2]) {
    const given = rest.slice(surname, length);
    if (given.length + surname !== length || ![...given].every((c) => HAN.test(c)) || NOT_GIVEN.test(given))
      return 0;
    if (AFTER_NAME.test(rest.slice(length))) return length;
  }
  // Announced by 「我叫」, but the sentence runs on: hide a name of usual length rather than none.
  return strong ? surname + 2 : 0;
}

function* afterWords(text: string, words: RegExp, strong: boolean): Generator<Finding> {
  for (const match of text.matchAll(words)) {
    const start = match.index + match[0].length;
    const length = nameAfter(text, start, strong);
    if (length > 0) yield* listOf(text, start, length);
  }
}

/** A name and those that follow it in a list: 「罗某云、唐某金和杨某」. */
function* listOf(text: string, first: number, firstLength: number): Generator<Finding> {
  let start = first;
  let length = firstLength;
  while (length > 0) {
    const end = start + length;
    yield { kind: 'name', start, end, text: text.slice(start, end) };
    if (!/[、和与]/.test(text.charAt(end))) return;
    start = end + 1;
    length = nameAfter(text, start, false);
  }
}

/**
 * Names of private persons that the text itself gives away: before a title (王女士, 李小明师傅), in full before an office,
 * after 「我叫」, 「姓名：」, 「女儿」 and the like. It reads patterns, not sense, so staff still look at every text.
 */
export function findNames(text: string): Finding[] {
  return [
    ...beforeTitles(text, TITLE, false),
    ...beforeTitles(text, OFFICE, true),
    ...afterWords(text, STRONG, true),
    ...afterWords(text, WEAK, false),
  ];
}
