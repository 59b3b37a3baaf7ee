import type { Props } from './ServiceTiles.astro';

export const examples = {
  doors: {
    tiles: [
      { href: '/hotline/new', title: '报诉求', text: '拍照、写明就行', icon: 'report' },
      { href: '/hotline/track', title: '查进度', text: '凭编号和查询码', icon: 'track' },
      { href: '/volunteers/', title: '去志愿', text: '看动态和队伍', icon: 'hands', tone: 'volunteer' },
    ],
  },
} satisfies Record<string, Props>;
