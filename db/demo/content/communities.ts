import type { CommunityPage } from './types.ts';

const WEEKDAYS = '周一至周五 8:30—12:00、14:00—17:30；周六上午有人值班';

/** What stands on each community's public page. */
export const communityPages: readonly CommunityPage[] = [
  {
    place: 'huaiyin',
    introduction:
      '槐荫社区在南门口老车站背后，因里弄里三十几棵老槐树得名。社区有居民2,140户，六十岁以上的老人占三成多，楼大多是八十年代盖的。这里的人习惯在槐树下说事，社区的议事点就叫“槐树下”，每月第二个周四晚上七点开，谁都可以来。',
    officeAddress: '槐荫里2号楼东侧平房',
    officeHours: WEEKDAYS,
    covenant: [
      '楼道是大家的路，自家东西放自家。',
      '电动车进棚充电，不上楼、不飞线。',
      '浇花、晾衣先看楼下，滴水要道歉。',
      '晚上十点以后，说话、关门、放音乐都轻一点。',
      '有事先敲门说，再找楼长说，还不行就到“槐树下”说。',
    ],
    answers: [
      { matter: '楼道堆物、门灯、信报箱', unit: 'c-huaiyin', note: '先找楼长，楼长两天内回话' },
      { matter: '占道摊点、乱停车', unit: 'tn-enforce', note: '通过诉求热线派单' },
      { matter: '路面、井盖、下水', unit: 'municipal', note: '红线内老管网由街道协调' },
      { matter: '路灯不亮', unit: 'lamps', note: '请说清灯杆号' },
    ],
  },
  {
    place: 'yancang',
    introduction:
      '盐仓社区管着一条三百多米的老街。旧时运盐船在街口卸货，石板上的车辙还看得见。如今街上住着1,320户人家，四十多间铺子。老房子怕火，社区把每个院子的水缸、灭火器和钥匙保管人都写在一张图上，贴在街口。',
    officeAddress: '盐仓街40号（原盐务所）',
    officeHours: '每天 8:30—17:30，午间有人值班',
    covenant: [
      '老房子用火用电，出门前回头看一眼。',
      '铺子不过界，街面留三米。',
      '修房先报备，青砖黛瓦不乱换。',
      '游客问路，指到底；邻居开张，不挤兑。',
      '院里水缸常满，谁用谁添。',
    ],
    answers: [
      { matter: '老屋漏雨、修缮报备', unit: 'housing', note: '社区代收材料' },
      { matter: '店铺油烟、噪声', unit: 'ecology', note: '先由社区上门登记' },
      { matter: '消防通道', unit: 'fire', note: '紧急请拨119' },
    ],
  },
  {
    place: 'donghao',
    introduction:
      '东濠社区沿护城河东段展开，一半是濠畔花园的新楼，一半是船厂留下的宿舍。新住户和老船工合用一个小广场，社区就把广场的时段排成了课表：清晨打拳，傍晚孩子滑轮滑，七点到八点半跳舞，过点收音响。',
    officeAddress: '濠畔花园2栋架空层',
    officeHours: WEEKDAYS,
    covenant: [
      '广场按课表用，音量六十分贝封顶。',
      '河里不丢东西，捞起来比丢下去难。',
      '遛狗牵绳，随手带走。',
      '外来车辆先让救护车、再让接孩子的。',
      '船厂老楼的事，新楼也出力。',
    ],
    answers: [
      { matter: '河岸垃圾、绿地', unit: 'parks', note: '河面漂浮物由环卫中心打捞' },
      { matter: '小区物业服务', unit: 'hemu', note: '三天不回话找社区' },
      { matter: '宿舍楼下水', unit: 'st-nanmen', note: '无主管网，街道兜底' },
    ],
  },
  {
    place: 'liuxiang-c',
    introduction:
      '柳巷是云汀人买早点的地方。一条巷子，早上卖豆浆，中午卖菜，晚上卖馄饨。社区不到八百户，却有一百七十三间门面。门前责任区的牌子挂在每家门框上，卫生、绿化、秩序三样谁管、谁看、谁来说，都写着名字。',
    officeAddress: '柳巷33号二楼',
    officeHours: '周一至周六 8:00—17:30',
    covenant: [
      '门前三样自己管，扫到滴水线外一步。',
      '出摊看钟点，收摊看地面。',
      '垃圾不过夜，油水不下沟。',
      '电动车不横着停，给婴儿车留条道。',
      '有争执，先关火再讲理。',
    ],
    answers: [
      { matter: '店外经营、占道', unit: 'tn-enforce', note: '早市时段已公示' },
      { matter: '垃圾清运', unit: 'tn-clean', note: '每天三次' },
      { matter: '食品安全', unit: 'market-reg', note: '也可拨12315' },
    ],
  },
  {
    place: 'fangzhi',
    introduction:
      '纺织新村有二十二栋五层红砖楼，三千多位住户里，一半当过纺织女工或她们的子女。厂子停了，楼还在，没有物业。前年起居民按户每月出十二块钱，请同里人中心做准物业，账贴在三号楼墙上，一分一厘看得见。',
    officeAddress: '纺织新村8栋一楼（原托儿所）',
    officeHours: WEEKDAYS,
    covenant: [
      '每户每月十二元，账目每月五号上墙。',
      '楼道堆物一周一清，先打招呼后动手。',
      '谁家老人一天没开门，楼长去敲。',
      '加装电梯坐下来谈，一楼的话先听。',
      '厂歌可以唱，九点以后小声唱。',
    ],
    answers: [
      { matter: '楼道、保洁、门禁', unit: 'tongli', note: '准物业，二十四小时值守' },
      { matter: '屋顶、外墙、加装电梯', unit: 'housing', note: '改造项目看公示栏' },
      { matter: '退休职工事务', unit: 'textile', note: '每周三在社区办公' },
    ],
  },
  {
    place: 'linghu',
    introduction:
      '菱湖社区绕着半个菱湖。湖滨雅居的窗户对着湖，渔业队的老楼背着湖。老渔民上了岸，组了一支护湖队，每天划一条木船捞浮萍和塑料袋，船头挂一面小红旗。',
    officeAddress: '湖滨路19号',
    officeHours: WEEKDAYS,
    covenant: [
      '湖边不钓禁钓段，不洗拖把。',
      '散步靠右，跑步让老人。',
      '湖滨烧烤一律不行，野餐带走垃圾。',
      '阳台不封外挑，晾衣不过栏。',
      '看见孩子独自下水边，谁看见谁喊。',
    ],
    answers: [
      { matter: '湖面与湖岸', unit: 'parks', note: '护湖队协助' },
      { matter: '湖滨雅居物业', unit: 'hemu', note: '' },
      { matter: '湖滨路停车', unit: 'traffic', note: '周末增派人手' },
    ],
  },
  {
    place: 'shuyuan-c',
    introduction:
      '书院社区挨着澄心书院旧址，巷子窄，院墙高，门当上刻着字。社区四百九十户，是全市最小的社区，却有三个读书会。社区办公室里最旧的一件家具，是一张坐了四代人的长条案。',
    officeAddress: '书院前街9号',
    officeHours: WEEKDAYS,
    covenant: [
      '进巷下车推行。',
      '墙上不贴不写，要说的话写在留言本上。',
      '古井不投物，井台不洗衣。',
      '院门常关，人情常开。',
      '借书有借有还，破了自己补。',
    ],
    answers: [
      { matter: '古建筑、古井', unit: 'culture', note: '先报社区，不要自行修补' },
      { matter: '巷道路灯', unit: 'lamps', note: '' },
      { matter: '小广告清理', unit: 'st-shuyuan', note: '每周一、周四' },
    ],
  },
  {
    place: 'shifanli',
    introduction:
      '师范里住的多是老师，附小的铃声就是这里的钟。上学放学各有四十分钟最热闹，社区、学校和家长轮流站岗，站成了一支“黄马甲”队。操场周末向居民开放，跑道内圈给老人，外圈给年轻人。',
    officeAddress: '师范里6栋一楼',
    officeHours: WEEKDAYS,
    covenant: [
      '校门口百米不停车，送到路口走两步。',
      '接送孩子不催不吼，慢一分钟不要紧。',
      '操场内圈走、外圈跑，不穿钉鞋。',
      '午休一点到两点，装修停一停。',
      '旧书不卖废品，放到一楼书架上。',
    ],
    answers: [
      { matter: '校门口交通', unit: 'traffic', note: '' },
      { matter: '学校事务', unit: 'education', note: '也可直接与校方联系' },
      { matter: '小区物业服务', unit: 'hemu', note: '' },
    ],
  },
  {
    place: 'xiajie',
    introduction:
      '下街社区是机械厂的家属院和一截老街拼成的，会修东西的人多。院里有个“老师傅工棚”，修伞、修锅、修轮椅，周三周六开门，材料费自理，手工不要钱。',
    officeAddress: '机械厂家属院2栋旁红砖房',
    officeHours: WEEKDAYS,
    covenant: [
      '借工具写条子，用完擦油再还。',
      '车棚按号停，不占坡道。',
      '旧家具先问有没有人要，再约清运。',
      '修车、刷漆不在楼下干。',
      '院里老人多，上下楼搭把手。',
    ],
    answers: [
      { matter: '院内保洁、车棚', unit: 'tongli', note: '' },
      { matter: '下街路面', unit: 'municipal', note: '' },
      { matter: '养老助餐', unit: 'civil', note: '助餐点在院内食堂' },
    ],
  },
  {
    place: 'wangping-c',
    introduction:
      '望屏家园是青屏区最大的安置小区，九个村的人搬到了一起。刚来时菜种在草坪上，鸡养在车库里；后来社区在围墙外辟了“一米菜园”，抽签分地，一年一换。现在草坪是草坪，菜是菜。',
    officeAddress: '望屏家园7栋一楼',
    officeHours: WEEKDAYS,
    covenant: [
      '菜种菜园，花种花坛，不种草坪。',
      '家禽不进小区。',
      '红白事到公共大厅办，不搭棚、不放炮。',
      '孩子作业楼下有人教，老人手机楼下有人教。',
      '原来哪个村都行，现在一个小区。',
    ],
    answers: [
      { matter: '小区物业服务', unit: 'jinan', note: '' },
      { matter: '红白事大厅', unit: 'c-wangping', note: '提前三天预约' },
      { matter: '绿地', unit: 'parks', note: '小区内由物业养护' },
    ],
  },
  {
    place: 'jinyuan',
    introduction:
      '锦苑是商品房小区，一千九百户，车比车位多四百辆。业主委员会两年前重新选过，议事规则写了十七页，会开得长，但开完就算数。垃圾分类的积水、快递柜的灯、儿童滑梯的螺丝，都曾经上过议题。',
    officeAddress: '锦苑东区5栋架空层',
    officeHours: `${WEEKDAYS}；周三延时到20:00`,
    covenant: [
      '车位先登记后使用，消防通道一分钟也不停。',
      '宠物进电梯抱起来。',
      '装修看公示时段，周末不动电锤。',
      '群里说事不骂人，骂人的先禁言一天。',
      '业委会的账，随时可以来看。',
    ],
    answers: [
      { matter: '物业服务', unit: 'jinan', note: '前台登记有编号' },
      { matter: '业主委员会指导', unit: 'c-jinyuan', note: '' },
      { matter: '维修资金', unit: 'housing', note: '' },
    ],
  },
  {
    place: 'xinhe',
    introduction:
      '新河社区在产业园边上，平均年龄三十一岁，一半是租房的年轻人。社区把活动安排在晚上和周末，办事指南做成一页纸。青年公寓的一楼有深夜自习室、共享厨房，还有一面写满“求搭子”的墙。',
    officeAddress: '青年公寓A座一楼',
    officeHours: '周一至周五 9:00—20:00，周日 13:00—18:00',
    covenant: [
      '合租也是邻居，搬走前说一声。',
      '外卖餐盒倒净再投。',
      '深夜走廊请静音。',
      '共享厨房用完三件事：关火、擦台、带走垃圾。',
      '遇到难处，敲社区的门，不问户口。',
    ],
    answers: [
      { matter: '青年公寓管理', unit: 'c-xinhe', note: '' },
      { matter: '公交与夜班线', unit: 'bus', note: '' },
      { matter: '工地噪声、扬尘', unit: 'qp-enforce', note: '夜间施工可当场核实许可' },
    ],
  },
  {
    place: 'shiqiao-c',
    introduction:
      '石桥社区就是石桥镇的镇街。逢农历三、八赶集，平时三千人的街一下子挤进上万人。社区把集市分成菜、种苗、农具、小吃四段，每段一个段长，散集后一小时扫完。',
    officeAddress: '石桥正街47号',
    officeHours: '每天 8:00—17:30，集日提前到 7:00',
    covenant: [
      '摊子按线摆，散集带走垃圾。',
      '短斤少两，当场补齐还要道歉。',
      '三轮车不上桥，老桥歇一歇。',
      '过路人讨水，给。',
      '镇上有白事，鞭炮换成锣。',
    ],
    answers: [
      { matter: '集市秩序', unit: 'st-shiqiao', note: '集日现场设服务台' },
      { matter: '镇街保洁', unit: 'qp-clean', note: '' },
      { matter: '农村客运', unit: 'bus', note: '' },
    ],
  },
  {
    place: 'qiaoxi',
    introduction:
      '桥西村过了石桥就是，两个屋场，四百一十二户，伍姓和温姓居多。村里把祠堂的偏厅改成了书屋，把晒场边的猪栏拆成了菜园。红白理事会定了一张表：几桌、几个菜、几条烟，谁家都一样，谁也不丢面子。',
    officeAddress: '上屋祠堂偏厅',
    officeHours: '每天 8:00—17:30，夜间打值班电话',
    covenant: [
      '喜事新办，十五桌封顶；白事简办，三天为限。',
      '彩礼不攀比，嫁妆不摆街。',
      '房前屋后自己扫，塘边沟边轮流扫。',
      '家禽圈养，狗要拴。',
      '孝敬老人看平时，不看灵堂。',
      '孩子读书是大事，酒席让路。',
    ],
    answers: [
      { matter: '红白事', unit: 'c-qiaoxi', note: '红白理事会全程帮办' },
      { matter: '垃圾清运', unit: 'qp-clean', note: '隔日一次' },
      { matter: '道路与水渠', unit: 'st-shiqiao', note: '' },
    ],
  },
];
