import type { CaseFlag, Category } from '#db/schema/hotline.values.ts';

/** A category as residents choose it and as staff open and close a case by it. */
export interface CategoryInfo {
  label: string;
  /** Examples beside the choice. */
  hint: string;
  opens: string;
  closes: string;
  /** Lies open to everyone: street and landmark may stand on the public page. */
  publicPlace: boolean;
  /** Something can be put right: counts for the rate of fixed cases. */
  fixable: boolean;
}

const info = (
  label: string,
  hint: string,
  opens: string,
  closes: string,
  publicPlace = false,
  fixable = true,
): CategoryInfo => ({ label, hint, opens, closes, publicPlace, fixable });

/** In the order in which the form offers them; `OTHER` is where a resident who is not sure begins. */
export const CATEGORY_INFO: Readonly<Record<Category, CategoryInfo>> = {
  STALL: info(
    '乱设摊',
    '店外经营、占道摆摊',
    '在规定地点、时间以外有 1 个以上摊点',
    '已清理，有处置后照片，同一时段复查过',
  ),
  PARKING: info(
    '乱停车',
    '占用车道、人行道、绿地停车，共享单车乱停',
    '停在泊位外、人行道、绿地或消防通道上',
    '已驶离或已开罚单，有照片',
  ),
  POSTER: info('乱招贴', '乱贴小广告、乱写乱画', '有 1 处以上招贴或涂写', '已清除，墙面恢复原样'),
  PILE: info('乱堆放', '楼道杂物、空调栏堆物、建筑垃圾', '公共空间堆有物品或渣土', '已清走，通道畅通'),
  DRYING: info('乱晾晒', '在树木、电杆、栏杆、临街处拉绳晾晒', '在树木、电杆、栏杆或临街面晾挂', '已清除'),
  LITTER: info('乱扔垃圾', '暴露垃圾、卫生死角、垃圾桶满溢', '有暴露垃圾或垃圾桶满溢', '已清运，地面已冲洗'),
  BUILD: info(
    '违法搭建',
    '楼顶、院内、路边私自搭建',
    '有在建或已建、未见许可的建筑',
    '已拆除或补办手续，注明决定书编号',
  ),
  MANHOLE: info('井盖缺损', '井盖丢失、破损、松动、异响', '井盖缺失、破损或松动', '已修复，有照片', true),
  FACILITY: info(
    '路面、路灯、宣传牌',
    '道路坑洼、路灯不亮、设施损坏',
    '设施缺失、损坏或不亮',
    '已修复，有照片',
    true,
  ),
  DRAIN: info(
    '排水、污水外溢',
    '下水堵塞、污水流到路面、积水',
    '排水不畅、堵塞或外溢',
    '已疏通，地面已冲洗',
    true,
  ),
  GREEN: info('绿地、树木', '绿地毁坏、种菜、树木倾倒', '绿地被毁坏或占用', '已恢复', true),
  SIGN: info('灯箱、店招', '违规灯箱、破损店招、摇摇欲坠的牌子', '违规设置或破损', '已拆除或修好'),
  POULTRY: info('家禽家畜', '小区里养鸡鸭、扰民', '在禁养区域饲养', '已清走'),
  TOILET: info('公共厕所', '不干净、不开门、设施坏了', '不洁、关闭或设施损坏', '已清洁、开放'),
  ENV: info('油烟、噪声、污染', '油烟、噪声、废水、废气、废渣', '持续扰民', '已消除，或经检测达标'),
  PROPERTY: info('物业管理', '物业服务、收费、电梯、维修资金', '有具体事项', '已答复', false, false),
  SERVICE: info('窗口和公共服务', '办事、水电气、公交、医院、学校', '有具体事项', '已答复', false, false),
  RIGHTS: info('妇女儿童维权、家庭暴力', '由专人处理，全程保密', '即时受理', '已答复或已移交', false, false),
  OTHER: info(
    '不确定，请工作人员帮我选',
    '说清楚事情就行，分类由我们来',
    '有具体事项',
    '已答复',
    false,
    false,
  ),
};

/** What staff tick on accepting, in words. */
export const FLAG_LABEL: Readonly<Record<CaseFlag, string>> = {
  blocking: '阻断交通',
  fireLane: '占用消防通道、疏散通道',
  rubble: '建筑垃圾、渣土',
  road: '在道路上',
  danger: '有安全危险',
  supervised: '上级督办、复核件',
};

/** A category as the desk calls it: what a resident was not sure about is, for staff, not sorted yet. */
export const deskLabel = (category: Category, info: Readonly<Record<Category, CategoryInfo>>): string =>
  category === 'OTHER' ? '其他（未分类）' : info[category].label;
