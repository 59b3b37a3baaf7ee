import type { ArticleData } from './article.ts';

export const examples = {
  story: {
    kicker: '走街串巷看变化',
    title: '三百盏楼道灯，亮在归家路上',
    subtitle: '六个社区逐栋登记，一灯一档',
    source: '市创城办',
    publishedAt: new Date('2026-03-06T02:00:00Z'),
    author: '方舟',
    editor: '云小汀',
    reads: 1204,
    html: `<p>入冬以来，市路灯所会同桂花、老码头等六个社区，对无人管理的老旧楼道逐栋登记，换装声控灯三百一十二盏。七十六岁的老住户说，过去上楼要扶着墙数台阶，如今脚步一响，灯就亮了。</p>
<figure><img src="/scenes/night-street-lamps.svg" alt="夜里的街巷，两排路灯亮着" width="1200" height="800" loading="lazy"><figcaption>书院前街的夜晚（绘图）</figcaption></figure>
<h2>先登记，再动手</h2>
<p>社区网格员花了两个星期，把每一栋、每一层的灯具编号上图，做到“一灯一档”。没有物业的院落，由街道兜底出资；有物业的，由<a href="#">物业企业先行维修</a>，费用公开。</p>
<blockquote><p>灯亮了，晚上有人愿意出来坐坐，邻里话也多了。</p></blockquote>
<div class="table-wrap" tabindex="0" role="region" aria-label="表格"><table><thead><tr><th>社区</th><th>换装盏数</th><th>完成日期</th></tr></thead><tbody><tr><td>桂花社区</td><td>120</td><td>2026-02-28</td></tr><tr><td>老码头社区</td><td>88</td><td>2026-03-03</td></tr></tbody></table></div>
<p>根据《云汀市无物业院落公共照明管理办法》（云政办〔2025〕18号），下一步将把院落照明纳入日常巡查，报修电话贴在每个单元门口。</p>`,
    attachments: [{ href: '#', name: '无物业院落公共照明登记表', type: 'Excel', bytes: 88_064 }],
    previous: { href: '#', title: '市创城办召开老旧小区飞线整治推进会' },
    next: { href: '#', title: '书院前街早市搬进新棚，摊位一个不少' },
    related: [
      { href: '#', title: '路灯不亮找谁报修？一张图说清', at: new Date('2026-02-20T02:00:00Z') },
      { href: '#', title: '桂花社区试行楼道“公共钥匙”', at: new Date('2026-02-12T02:00:00Z') },
    ],
  },
} satisfies Record<string, ArticleData>;
