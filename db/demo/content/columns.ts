/** The sub-columns that only this city has; the rest of the tree is every city's. */
export const districtColumns = [
  {
    id: 'district-tingnan',
    parent: 'districts',
    name: '汀南区',
    description: '汀南老城各街道、社区的创建动态、院落改造与民生实事。',
    keywords: '汀南区,老城,社区动态',
  },
  {
    id: 'district-qingping',
    parent: 'districts',
    name: '青屏区',
    description: '青屏新区、石桥镇和各村的创建动态、乡风文明与园区服务。',
    keywords: '青屏区,石桥镇,乡风文明',
  },
] as const;
