/** Pages of imaginary old sites, written for these tests. */
export const STORY = [
  '入冬以来，云溪街道组织社区干部、楼栋长和志愿者，对辖区老旧小区的楼道进行集中清理，共清出杂物十二车，疏通消防通道九处，居民上下楼方便了许多。',
  '“以前楼道里堆满旧家具，晚上回家都要摸着墙走。”住在三号楼的居民说。社区还在每个单元门口张贴了文明公约，约定每月十八日为清洁日，由各楼栋长带头打扫。',
  '街道有关负责人表示，下一步将把楼道管理纳入每月讲评，评议结果在社区公示栏公布，欢迎居民监督。',
] as const;

export const TITLE = '云溪街道集中清理老旧小区楼道';
const paragraphs = (tag = 'p', lead = '　　'): string =>
  STORY.map((text) => `<${tag}>${lead}${text}</${tag}>`).join('\n');
const page = (head: string, body: string): string =>
  `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">${head}</head><body>${body}</body></html>`;
const windowTitle = (site = '云溪文明网'): string => `<title>${TITLE}-${site}</title>`;

export interface Template {
  name: string;
  html: string;
  selectorSet: string;
  source: string | null;
  /** UTC. */
  at: string | null;
  editor?: string;
}

/** Ten page makes of the wenming family and its neighbours. */
export const TEMPLATES: readonly Template[] = [
  {
    name: 'TRS with ids',
    selectorSet: '#title_tex + .TRS_Editor',
    source: '云溪街道办事处',
    at: '2013-11-05T01:20:00.000Z',
    editor: '江小满',
    html: page(
      windowTitle(),
      `<div class="local">您所在的位置：首页 &gt; 文明创建 &gt; 文明社区</div><div id="title_tex">${TITLE}</div>
      <div id="time_tex">发表时间：2013-11-05 09:20:00　来源：云溪街道办事处</div><div class="TRS_Editor">${paragraphs()}</div>
      <div id="editor_tex">（责任编辑：江小满）</div>`,
    ),
  },
  {
    name: 'numbered title ids, TRS_PreAppend',
    selectorSet: '[id^=title] + .TRS_PreAppend',
    source: '云溪日报',
    at: '2012-03-01T16:00:00.000Z',
    html: page(
      windowTitle(),
      `<h1 id="title20120302">${TITLE}</h1><p>来源：云溪日报　日期：2012年03月02日</p>
      <div class="TRS_PreAppend">${paragraphs('div')}</div>`,
    ),
  },
  {
    name: 'tt classes',
    selectorSet: '.tt-tit + .Custom_UnionStyle',
    source: '市文明办',
    at: '2016-07-01T08:05:00.000Z',
    html: page(
      windowTitle(),
      `<div class="pl-l">首页 > 志愿服务 > 志愿动态</div><div class="tt-tit">${TITLE}</div><div class="tt-rq">2016-07-01 16:05</div>
      <div class="tt-ly">来源：市文明办</div><div class="Custom_UnionStyle">${paragraphs('div')}</div>`,
    ),
  },
  {
    name: 'dc classes with line breaks',
    selectorSet: '.dc-title + #zoom',
    source: '创建办',
    at: '2010-12-20T00:30:00.000Z',
    html: page(
      windowTitle(),
      `<div class="dc-title">${TITLE}</div><div>稿件来源：创建办 发布时间：2010-12-20 08:30 浏览次数：<script>count()</script></div>
      <div id="zoom">　　${STORY.join('<br><br>　　')}<br>[打印] [关闭]</div>`,
    ),
  },
  {
    name: 'bqjj title',
    selectorSet: '.bqjj-tit + .TRS_Editor',
    source: '市创建办',
    at: '2014-05-09T02:11:00.000Z',
    html: page(
      windowTitle(),
      `<div class="bqjj-tit">${TITLE}</div><div class="xx">[市创建办] 2014-05-09 10:11:00 字体显示：大 中 小</div>
      <div><span>来源：市创建办 时间：2014-05-09 10:11</span></div><div class="TRS_Editor"><div class="TRS_Editor">${paragraphs()}</div></div>`,
    ),
  },
  {
    name: 'left column heading, news body',
    selectorSet: '.main_l>h1 + .news',
    source: '区文明办',
    at: '2017-09-13T03:00:00.000Z',
    html: page(
      windowTitle(),
      `<div class="main_l"><h1>${TITLE}</h1><div class="news"><p>来源：区文明办 发布时间：2017-09-13 11:00</p>${paragraphs()}<p>上一篇：邻居节开幕</p></div></div>`,
    ),
  },
  {
    name: 'detail box',
    selectorSet: '.detailboxspan + .my_doccontent',
    source: '云溪社区',
    at: '2019-04-22T06:45:00.000Z',
    html: page(
      windowTitle(),
      `<span class="detailboxspan">${TITLE}</span><p>日期：2019-04-22 14:45 来源：云溪社区 作者：夏禾</p><div class="my_doccontent">${paragraphs()}</div>`,
    ),
  },
  {
    name: 'article heading, government body, meta only',
    selectorSet: 'h2.article-title.ffyh + .pages_content',
    source: '云溪区人民政府',
    at: '2020-10-12T07:30:00.000Z',
    html: page(
      `${windowTitle()}<meta name="PubDate" content="2020-10-12 15:30"><meta name="ContentSource" content="云溪区人民政府">`,
      `<h2 class="article-title ffyh">${TITLE}</h2><div class="pages_content">${paragraphs()}</div>`,
    ),
  },
  {
    name: 'plain h2 and justified paragraphs',
    selectorSet: 'h2 + p[align=justify]',
    source: '市文明委',
    at: '2008-06-18T01:00:00.000Z',
    html: page(
      windowTitle(),
      `<h2>${TITLE}</h2><div>来源：市文明委 发布时间：2008年6月18日 9:00</div>${STORY.map((text) => `<p align="justify">&nbsp;&nbsp;${text}</p>`).join('')}`,
    ),
  },
  {
    name: 'no known markup',
    selectorSet: 'text',
    source: '云溪社区',
    at: '2009-02-03T02:00:00.000Z',
    html: page(
      windowTitle(),
      `<table><tr><td>您现在的位置：首页 &gt;&gt; 文明播报</td></tr><tr><td><b>${TITLE}</b></td></tr>
      <tr><td>[云溪社区] 2009-02-03 10:00:00</td></tr><tr><td>${STORY.join('<br>')}</td></tr><tr><td>主办单位：云溪街道</td></tr></table>`,
    ),
  },
];
