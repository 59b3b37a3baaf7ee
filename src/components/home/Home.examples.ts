import type { HomeData } from './home.ts';

const at = (day: string) => new Date(`2026-03-${day}T02:00:00Z`);
const scene = (name: string) => ({ src: `/scenes/${name}.svg`, alt: '现场照片', width: 1200, height: 800 });

export const examples = {
  full: {
    heading: '邻声·云汀：听得见的邻里，看得见的办理',
    lead: {
      href: '#',
      kicker: '走街串巷看变化',
      title: '三百盏楼道灯，亮在归家路上',
      summary: '入冬以来，市路灯所会同六个社区，对无人管理的老旧楼道逐栋登记，换装声控灯三百一十二盏。',
      source: '市创城办',
      at: at('06'),
    },
    headlines: [
      { href: '#', title: '市创城办召开老旧小区飞线整治推进会', at: at('06') },
      { href: '#', title: '老码头片区雨污分流改造进场，施工分三段进行', at: at('05') },
      { href: '#', title: '书院前街早市搬进新棚，摊位一个不少', at: at('05') },
      { href: '#', title: '全市开展楼道堆物集中清理，设立临时堆放点二十六处', at: at('04') },
      { href: '#', title: '青屏区试行“周三夜办”，社区窗口延时到晚八点', at: at('03') },
    ],
    photos: [
      { href: '#', title: '江边步道换上新灯，夜跑的人多了', picture: scene('night-street-lamps') },
      { href: '#', title: '周六清洁日，槐树院邻里齐动手', picture: scene('cleanup-day') },
      { href: '#', title: '早市搬进新棚', picture: scene('morning-market') },
      { href: '#', title: '井盖松动，当天修好', picture: scene('manhole-repair') },
      { href: '#', title: '龙舟下水，码头又热闹', picture: scene('dragon-boats') },
    ],
    hotline: {
      number: '0599-12340',
      hours: '每天 24 小时',
      figures: [
        { label: '一般几天办结', value: '2.4', unit: '工作日', href: '#' },
        { label: '按时办结', value: '96.3%', href: '#' },
        { label: '群众满意', value: '91.8%', href: '#' },
      ],
      note: '近 30 天，点数字看算法。',
    },
    cases: [
      {
        href: '#',
        title: '3 号楼道灯不亮',
        state: '已办结',
        tone: 'good',
        community: '桂花社区',
        at: at('06'),
      },
      {
        href: '#',
        title: '人行道井盖松动',
        state: '办理中',
        tone: 'info',
        community: '老码头社区',
        at: at('05'),
      },
      {
        href: '#',
        title: '早市收摊后垃圾没清',
        state: '退回重派',
        tone: 'warn',
        community: '书院社区',
        at: at('04'),
      },
    ],
    blocks: [
      {
        title: '公告公示',
        href: '/notices/',
        items: [
          { href: '#', title: '关于二季度文明家庭候选名单的公示', at: at('05'), kind: '公示' },
          { href: '#', title: '清明期间文明祭扫的公告', at: at('04'), kind: '公告' },
          { href: '#', title: '关于二月点位测评结果的通报', at: at('02'), kind: '通报' },
        ],
      },
      {
        title: '志愿服务',
        href: '/news/volunteering/',
        tone: 'volunteer',
        items: [
          { href: '#', title: '“小板凳”课堂招募退休教师', at: at('06') },
          { href: '#', title: '扶老助残服务队本月服务 312 小时', at: at('03') },
          { href: '#', title: '记录查询与证明开具办法', at: at('01') },
        ],
      },
    ],
    shifts: [
      {
        href: '#',
        title: '清理三号楼后巷堆物',
        starts: new Date('2026-03-14T00:30:00Z'),
        place: '桂花社区服务站',
        left: 6,
      },
      {
        href: '#',
        title: '路口文明劝导',
        starts: new Date('2026-03-15T23:00:00Z'),
        place: '书院前街路口',
        left: 0,
      },
      {
        href: '#',
        title: '陪老人学用手机',
        starts: new Date('2026-03-18T01:00:00Z'),
        place: '老码头社区',
        left: null,
      },
    ],
    portraits: [
      { href: '#', name: '林阿梅', class: '助人为乐', deed: '义务照看楼里独居老人九年' },
      { href: '#', name: '周大海', class: '见义勇为', deed: '三次下江救起落水者' },
      { href: '#', name: '陈守信', class: '诚实守信', deed: '小店替街坊保管钥匙三十年' },
      { href: '#', name: '吴小路', class: '敬业奉献', deed: '巡灯两万里的路灯工' },
      { href: '#', name: '何秀枝', class: '孝老爱亲', deed: '侍奉婆婆，教好一双儿女' },
      { href: '#', name: '郑志远', class: '助人为乐', deed: '把修车摊开成便民站' },
    ],
    serials: [
      {
        title: '创城简报',
        href: '#',
        items: [
          { href: '#', title: '2026年第5期：飞线整治这样做', at: at('06') },
          { href: '#', title: '2026年第4期：二月点位情况', at: at('02') },
        ],
      },
      {
        title: '创建工作交流',
        href: '#',
        items: [{ href: '#', title: '2026年第2期：业委会自助式管理', at: at('03') }],
      },
      {
        title: '他山之石',
        href: '#',
        items: [{ href: '#', title: '楼道停车难，这座城这样解', at: at('01') }],
      },
    ],
    communities: [
      {
        district: '汀南区',
        places: [
          { href: '#', name: '桂花社区' },
          { href: '#', name: '老码头社区' },
          { href: '#', name: '书院社区' },
        ],
      },
      {
        district: '青屏区',
        places: [
          { href: '#', name: '青屏社区' },
          { href: '#', name: '松林社区' },
        ],
      },
    ],
    columns: [
      '最新要闻',
      '图片新闻',
      '公告公示',
      '文明创建',
      '志愿服务',
      '未成年人',
      '专题集锦',
      '评论博文',
      '讲文明树新风',
      '文明播报',
      '县区动态',
      '魅力云汀',
      '云汀人文',
      '他山之石',
      '道德模范',
      '我们的节日',
    ].map((name) => ({ href: '#', name })),
  },
} satisfies Record<string, HomeData>;
