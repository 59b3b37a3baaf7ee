/** A column of the site as every city begins with it. */
export interface StandardColumn {
  id: string;
  parentId: string | null;
  name: string;
  description: string;
  keywords: string;
  /** One of the inspection list's column types. */
  type: string;
  position: number;
  /** Not among the columns of the menu: a side block with a page of its own. */
  hidden: boolean;
}

interface Sketch {
  id: string;
  name: string;
  description: string;
  keywords: string;
  type?: string;
  hidden?: boolean;
  /** What the ids of its sub-columns begin with, where it is not its own. */
  stem?: string;
  /** Sub-columns: the last part of the id, the name, the description. */
  parts?: readonly (readonly [id: string, name: string, description: string])[];
}

const sketches = (city: string): readonly Sketch[] => [
  {
    id: 'headlines',
    name: '最新要闻',
    description: `${city}文明创建的要事、要闻与权威转载。`,
    keywords: '要闻,文明创建,工作动态',
  },
  {
    id: 'photo-news',
    name: '图片新闻',
    description: `用照片和画面记录${city}街头巷尾的变化。`,
    keywords: '图片新闻,街景,影像',
  },
  {
    id: 'notices',
    name: '公告公示',
    description: '公告、公示与通报，附件可以下载。',
    keywords: '公告,公示,通报',
    parts: [
      ['announcements', '公告', '面向居民和单位发布的公告。'],
      ['publicity', '公示', '名单与结果的公示，写明期限和提出异议的办法。'],
      ['circulars', '通报', '检查、考评与督办情况的通报。'],
    ],
  },
  {
    id: 'building',
    name: '文明创建',
    description: '文明城市、村镇、单位、家庭、校园和社区的创建动态与做法。',
    keywords: '文明创建,文明城市,文明社区',
    stem: 'civil',
    parts: [
      ['city', '文明城市', '城市创建的部署、测评与街区治理。'],
      ['village', '文明村镇', '村镇环境、乡风与移风易俗。'],
      ['unit', '文明单位', '机关、企业与窗口单位的创建做法。'],
      ['family', '文明家庭', '家风家训和邻里故事。'],
      ['campus', '文明校园', '校园里的创建与实践。'],
      ['community', '文明社区', '社区治理、共建与服务。'],
    ],
  },
  {
    id: 'volunteering',
    name: '志愿服务',
    description: '志愿服务的动态、项目和队伍。',
    keywords: '志愿服务,志愿者,新时代文明实践',
    parts: [
      ['news', '服务动态', '正在发生的志愿服务。'],
      ['projects', '服务项目', '常年开展、欢迎加入的项目。'],
      ['teams', '服务队伍', '各支队伍的故事与招募。'],
    ],
  },
  {
    id: 'minors',
    name: '未成年人',
    description: '未成年人思想道德建设、家校社协同与校外活动。',
    keywords: '未成年人,家庭教育,社会实践',
  },
  {
    id: 'topics',
    name: '专题集锦',
    description: '围绕一件事、一次行动集中报道的专题。',
    keywords: '专题,专项行动',
  },
  {
    id: 'opinion',
    name: '评论博文',
    description: '署名评论与基层来信，就事论事。',
    keywords: '评论,博文,观点',
    type: '回应关切',
  },
  {
    id: 'public-ads',
    name: '讲文明树新风',
    description: '公益广告作品与刊播情况。',
    keywords: '公益广告,讲文明树新风',
  },
  {
    id: 'broadcast',
    name: '文明播报',
    description: '短消息与音视频播报，附文字稿。',
    keywords: '文明播报,简讯',
  },
  {
    id: 'districts',
    name: '县区动态',
    description: '各县区、街道和乡镇的创建动态。',
    keywords: '县区动态,街道,乡镇',
  },
  {
    id: 'city',
    name: `魅力${city}`,
    description: `${city}的山水、街巷与城市概况。`,
    keywords: '城市概况,山水,街巷',
    type: '概况信息',
  },
  {
    id: 'culture',
    name: `${city}人文`,
    description: `${city}的历史、民俗、方言与人物。`,
    keywords: '人文,历史,民俗',
    type: '概况信息',
  },
  {
    id: 'elsewhere',
    name: '他山之石',
    description: '外地可以借鉴的创建做法，注明来源。',
    keywords: '经验,借鉴,外地做法',
  },
  {
    id: 'models',
    name: '道德模范',
    description: '道德模范与身边好人的事迹和礼遇。',
    keywords: '道德模范,身边好人',
  },
  {
    id: 'festivals',
    name: '我们的节日',
    description: '春节、元宵、清明、端午、七夕、中秋、重阳的民俗与活动。',
    keywords: '传统节日,民俗活动',
    parts: [
      ['spring', '春节', '春节的民俗、活动与值守。'],
      ['lantern', '元宵', '元宵灯会与社区活动。'],
      ['qingming', '清明', '文明祭扫与缅怀。'],
      ['dragon-boat', '端午', '龙舟、粽子与端午活动。'],
      ['qixi', '七夕', '七夕的家风与婚俗新风。'],
      ['mid-autumn', '中秋', '中秋团圆与邻里相聚。'],
      ['double-ninth', '重阳', '敬老爱老与重阳活动。'],
    ],
  },
  {
    id: 'bulletin',
    name: '创城简报',
    description: '创建文明城市工作的简报，按年编期。',
    keywords: '创城简报,工作简报',
    hidden: true,
  },
  {
    id: 'exchange',
    name: '创建工作交流',
    description: '各单位、各社区创建做法的交流材料，按年编期。',
    keywords: '创建工作交流,经验材料',
    hidden: true,
  },
];

const ORDINARY = '工作动态';

/**
 * The sixteen columns with their sub-columns, and the two numbered serials beside them. A sub-column's id begins with
 * its parent's, `notices-publicity`, those of 文明创建 with `civil`. `city` is the city's short name, as in 魅力〈市〉.
 */
export function standardColumns(city: string): StandardColumn[] {
  return sketches(city).flatMap((sketch, index) => {
    const {
      id,
      name,
      description,
      keywords,
      type = ORDINARY,
      hidden = false,
      stem = id,
      parts = [],
    } = sketch;
    const parent: StandardColumn = {
      id,
      parentId: null,
      name,
      description,
      keywords,
      type,
      position: index,
      hidden,
    };
    return [
      parent,
      ...parts.map(([part, partName, about], at) => ({
        id: `${stem}-${part}`,
        parentId: id,
        name: partName,
        description: about,
        keywords: `${partName},${keywords}`,
        type,
        position: at,
        hidden,
      })),
    ];
  });
}
