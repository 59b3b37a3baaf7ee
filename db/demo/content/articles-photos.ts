import { article } from './article.ts';

/** 图片新闻. */
export const photoNews = [
  article({
    key: 'photo-plane',
    column: 'photo-news',
    when: [1, '08:20'],
    title: '梧桐街上的早高峰',
    by: ['市融媒体中心', '向晚', '陶小暖'],
    scene: 'street-plane-trees',
    text: `
早上七点四十分，书院前街的法桐下，上学的、上班的、买菜的在同一条路上错身而过。上月划出的慢行道把自行车和行人分开以后，这条街的刹车声少了。`,
  }),
  article({
    key: 'photo-cleanup',
    column: 'photo-news',
    when: [4, '12:10'],
    title: '濠河边，清洁日来了三代人',
    by: ['东濠社区', '屠佳佳', '陶小暖'],
    scene: 'cleanup-day',
    text: `
社区清洁日，濠河步道上最小的志愿者六岁，最大的七十六岁。两个小时捡回十四袋垃圾，其中烟头九百多个——有人真的数了。`,
  }),
  article({
    key: 'photo-lake',
    column: 'photo-news',
    when: [11, '09:30'],
    title: '船头那面小红旗',
    by: ['菱湖社区', '乐珊珊', '安澜'],
    scene: 'lake-boat',
    text: `
菱湖护湖队每天清晨出船。老渔民荀阿水撑篙，儿子收网兜，捞的不是鱼，是浮萍和塑料袋。船头的小红旗，是怕岸上的孩子以为没有人。`,
  }),
  article({
    key: 'photo-bus',
    column: 'photo-news',
    when: [20, '18:00'],
    title: '等一等，再关门',
    by: ['云汀公交', '行止', '陶小暖'],
    scene: 'bus-stop',
    text: `
6路车司机见站台上有位拄拐的老人，把车停得离路沿只剩一拳宽。车厢里没有人催。据公交公司统计，“多等一分钟”试行以来，正点率只下降了百分之零点四。`,
  }),
  article({
    key: 'photo-library',
    column: 'photo-news',
    when: [37, '20:30'],
    title: '亮到十点的阅览室',
    by: ['市文旅局', '简白', '安澜'],
    scene: 'library',
    text: `
市图书馆书院分馆延时到晚上十点。常来的有备考的学生、等孩子下课的家长，还有一位每晚读半小时地方志的退休车工。`,
  }),
  article({
    key: 'photo-school',
    column: 'photo-news',
    when: [52, '08:00'],
    title: '一面小旗，八十四个孩子',
    by: ['师范里社区', '计晓晨', '陶小暖'],
    scene: 'school-gate',
    text: `
师范里附小门口，“黄马甲”举起小旗，车停了，孩子们排队走过。志愿者说，最好听的是队伍最后总有个孩子回头喊“谢谢叔叔停车”。`,
  }),
  article({
    key: 'photo-hall',
    column: 'photo-news',
    when: [140, '13:40'],
    title: '两桌饭，办一场喜事',
    by: ['桥西村', '仰小翠', '季明'],
    scene: 'village-hall',
    text: `
桥西村一对新人在祠堂前办喜事，两桌至亲、一壶清茶，余下的预算给村书屋添了一百二十本书。新娘说，书的第一页都盖了他们的喜章。`,
  }),
  article({
    key: 'photo-view',
    column: 'photo-news',
    when: [420, '07:10'],
    title: '青屏山下，澄河转弯',
    by: ['市融媒体中心', '向晚', '陶小暖'],
    scene: 'city-river-mountain',
    text: `
从石拱桥上看过去，山在水里，塔在云里，船在早饭的炊烟里。摄影爱好者在同一个位置拍了十年，今年的照片里，河面第一次没有漂着的东西。`,
  }),
];
