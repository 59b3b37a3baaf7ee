import { article } from './article.ts';

/** 文明播报: short news. */
export const broadcast = [
  article({
    key: 'brief-bench',
    column: 'broadcast',
    when: [1, '10:40'],
    title: '公交站添了六十张座椅',
    by: ['云汀公交', '行止', '陶小暖'],
    text: `
民生实事“候车座椅”本周完成第二批六十张，累计九十八张。新座椅带扶手，方便老人起身；座面用竹木，凉天不冰、热天不烫。`,
  }),
  article({
    key: 'brief-cover',
    column: 'broadcast',
    when: [2, '16:20'],
    title: '湖滨路松动井盖当日修复',
    by: ['市政管护中心', '石磊', '安澜'],
    scene: 'manhole-repair',
    text: `
居民反映湖滨路北口井盖“一压一响”。市政管护中心四十分钟到场围挡，下午四点更换为防沉降井盖。巡查员顺带检查了同批次的十一个井盖，提前换掉两个。`,
  }),
  article({
    key: 'brief-poster',
    column: 'broadcast',
    when: [7, '09:00'],
    title: '书院街道周四清理小广告',
    by: ['书院街道', '宗思敏', '安澜'],
    text: `
用了三年的铲刀换成了蒸汽机，墙皮不再跟着掉。街道同时设了十二块便民张贴栏，租房、家教、寻物都可以贴，七天一清。`,
  }),
  article({
    key: 'brief-sort',
    column: 'broadcast',
    when: [16, '11:15'],
    title: '望屏家园分类投放点改到了下坡处',
    by: ['望屏街道', '冼丽', '季明'],
    scene: 'sorting-bins',
    text: `
原来的投放点在上坡，老人提不动，垃圾就留在半路。挪了三十米，半路上的垃圾没有了。居民说，这三十米比三十次宣传管用。`,
  }),
  article({
    key: 'brief-meal',
    column: 'broadcast',
    when: [29, '12:30'],
    title: '机械厂助餐点开餐，一荤两素十块钱',
    by: ['下街社区', '束敏', '陶小暖'],
    text: `
首日来了四十六位老人。菜谱由老人投票，软烂、少盐单独做一锅。行动不便的，院里的孩子放学后负责送，送一次记十五分钟志愿时长。`,
  }),
  article({
    key: 'brief-dance',
    column: 'broadcast',
    when: [47, '19:50'],
    title: '东濠广场装上了分贝屏',
    by: ['东濠社区', '瞿欣怡', '安澜'],
    scene: 'square-dance',
    text: `
超过六十分贝，屏幕上的竹叶由绿变黄。跳舞队领队郎银凤说，现在不用人来吵，自己看着叶子就把音量拧小了。`,
  }),
  article({
    key: 'brief-toilet',
    column: 'broadcast',
    when: [88, '15:10'],
    title: '老城八座公厕延长开放到二十三点',
    by: ['汀南环卫中心', '苗青', '季明'],
    text: `
延时来自出租车司机和夜班工人的建议。每座公厕增加了一盏路灯、一把修好的门锁和一名夜间保洁员。`,
  }),
  article({
    key: 'brief-night-bus',
    column: 'broadcast',
    when: [300, '22:05'],
    title: '产业园夜班公交今晚首发',
    by: ['云汀公交', '行止', '陶小暖'],
    text: `
N2路从产业园西门发车，二十二点至零点每二十分钟一班，经青年公寓到老城南门口。首班车上有二十七名乘客，二十三名刚下班。`,
  }),
];
