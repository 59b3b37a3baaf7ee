import { CASE_FLAGS, CATEGORIES, type CaseFlag, type Category } from '#db/schema/hotline.values.ts';
import type { Catalogue } from '../../catalogue/rules.ts';
import type { Value } from '../documents/rules.ts';

type Datatype = 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';

export interface Choice {
  key: string;
  name: string;
}

/** A question about a matter. With `variable: false` it asks nothing and only tells. */
export interface Attribute {
  code: string;
  datatype: Datatype;
  description: string;
  variable: boolean;
  required: boolean;
  hint: string;
  values: readonly Choice[];
}

const choices = (names: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(names).map(([key, name]) => ({ key, name }));

const ask = (
  code: string,
  datatype: Datatype,
  description: string,
  more: { required?: boolean; hint?: string; values?: Readonly<Record<string, string>> } = {},
): Attribute => ({
  code,
  datatype,
  description,
  variable: true,
  required: more.required ?? false,
  hint: more.hint ?? '',
  values: choices(more.values ?? {}),
});

const tell = (code: string, description: string): Attribute => ({
  ...ask(code, 'string', description),
  variable: false,
});

/** What a resident is asked where a circumstance changes the limit of the category. */
const FLAG_QUESTION: Readonly<Partial<Record<CaseFlag, string>>> = {
  blocking: '是否阻断交通？',
  fireLane: '是否占用消防通道、疏散通道？',
  rubble: '是不是建筑垃圾、渣土？',
  road: '是不是在道路上（不在小区里）？',
  danger: '是否有安全危险（例如可能倒下、掉落）？',
};

const YES_NO = { yes: '是', no: '否', unknown: '不清楚' };

/** What decides who has to come, or by when to look, beside the circumstances of the limits. */
const QUESTIONS: Readonly<Partial<Record<Category, readonly Attribute[]>>> = {
  STALL: [ask('HOURS', 'string', '一般在什么时间？', { hint: '例如：每天 17:00—21:00' })],
  BUILD: [
    ask('STAGE', 'singlevaluelist', '正在施工，还是已经建成？', {
      values: { underway: '正在施工', finished: '已经建成', unknown: '不清楚' },
    }),
  ],
  MANHOLE: [
    tell('CAUTION', '井盖缺失时请不要靠近，并提醒行人绕行；有人跌落请先拨打 120 和 119。'),
    ask('CONDITION', 'singlevaluelist', '井盖怎么了？', {
      required: true,
      values: { missing: '丢失', broken: '破损', loose: '松动', noisy: '异响' },
    }),
  ],
  FACILITY: [
    ask('ITEM', 'singlevaluelist', '是哪一种设施？', {
      values: { road: '路面', lamp: '路灯', board: '宣传牌、阅报栏', other: '其他' },
    }),
    ask('ASSET', 'string', '设施上的编号（如有）', { hint: '例如灯杆号' }),
  ],
  DRAIN: [
    ask('SIGNS', 'multivaluelist', '现场是什么情况？', {
      values: { blocked: '堵塞', overflow: '污水外溢', flooded: '积水' },
    }),
  ],
  POULTRY: [ask('COUNT', 'number', '大约有几只？')],
  TOILET: [
    ask('PROBLEM', 'multivaluelist', '是什么问题？', {
      values: { dirty: '不干净', shut: '不开门', broken: '设施损坏' },
    }),
  ],
  ENV: [
    ask('NUISANCE', 'multivaluelist', '是哪一种污染？', {
      required: true,
      values: { fume: '油烟', noise: '噪声', water: '废水', gas: '废气', residue: '废渣' },
    }),
    ask('SINCE', 'datetime', '从什么时候开始的？'),
  ],
  PROPERTY: [
    ask('MATTER', 'singlevaluelist', '是哪一类事项？', {
      values: { service: '物业服务', fee: '收费', lift: '电梯', fund: '维修资金', other: '其他' },
    }),
  ],
  RIGHTS: [tell('URGENT', '正在发生危险请先拨打 110；妇女儿童维权可以拨打 12338。')],
};

/** The questions of a category, in the order they are asked: circumstances that change its limit first. */
export function attributesOf(category: Category, { limits }: Catalogue): Attribute[] {
  const flags = limits.category[category].flags ?? {};
  const circumstances = CASE_FLAGS.flatMap((flag) => {
    const question = FLAG_QUESTION[flag];
    if (flags[flag] === undefined || question === undefined) return [];
    return ask(flag.toUpperCase(), 'singlevaluelist', question, { values: YES_NO });
  });
  return [...circumstances, ...(QUESTIONS[category] ?? [])];
}

const GROUPS: readonly (readonly [group: string, categories: readonly Category[]])[] = [
  ['市容秩序', ['STALL', 'PARKING', 'POSTER', 'PILE', 'DRYING', 'LITTER', 'BUILD', 'SIGN']],
  ['市政设施', ['MANHOLE', 'FACILITY', 'DRAIN', 'GREEN', 'TOILET']],
  ['生活环境', ['ENV', 'POULTRY']],
  ['管理和服务', ['PROPERTY', 'SERVICE', 'OTHER']],
  ['维权', ['RIGHTS']],
];

const groupOf = (code: Category): string =>
  GROUPS.find(([, categories]) => categories.includes(code))?.[0] ?? '';

/** What clients of the FixMyStreet family read as: never show what is filed here. */
const PRIVATE = 'private';

const keywordsOf = (code: Category, hint: string): string =>
  [...(code === 'RIGHTS' ? [PRIVATE] : []), ...hint.split(/[、，,]/)].join(', ');

/** The categories as the list of services tells them. */
export function serviceEntries(catalogue: Catalogue): Value[] {
  return CATEGORIES.map((code) => {
    const { label, hint } = catalogue.info[code];
    return {
      service_code: code,
      service_name: label,
      description: hint,
      metadata: attributesOf(code, catalogue).length > 0,
      type: 'realtime',
      keywords: keywordsOf(code, hint),
      group: groupOf(code),
    };
  });
}

export const categoryOf = (code: string): Category | null =>
  CATEGORIES.find((category) => category === code) ?? null;

/** A question as the service definition tells it; only lists have values. */
export function attributeEntry(attribute: Attribute, order: number): Value {
  const { code, datatype, description, variable, required, hint, values } = attribute;
  return {
    variable,
    code,
    datatype,
    required,
    datatype_description: hint,
    order,
    description,
    ...(values.length > 0 && { values: values.map(({ key, name }) => ({ key, name })) }),
  };
}
