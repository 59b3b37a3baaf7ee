import { describe, expect, test } from 'vitest';
import { type Lexicon, shippedLexicon } from '#core/tamper/lexicon.ts';
import { blocksOf } from '#domains/news/legacy/body.ts';
import type { LegacyDocument } from '#domains/news/legacy/document.ts';
import { parseLegacy } from '#domains/news/legacy/parse.ts';
import { toGbk } from './gbk.ts';
import { STORY, TEMPLATES, TITLE } from './pages.ts';

const lexicon: Lexicon = { ...shippedLexicon(), brands: ['测试甲'] };
const parse = async (input: string | Uint8Array, name = 'page.htm'): Promise<LegacyDocument> => {
  const [first, ...rest] = await parseLegacy(input, name, { lexicon });
  expect(rest).toEqual([]);
  return first!;
};
const codes = (draft: LegacyDocument): string[] => draft.warnings.map(({ code }) => code);
const trs = (body: string, around = '', title = `${TITLE}-云溪文明网`): string =>
  `<html><head><meta charset="utf-8"><title>${title}</title></head><body><div class="local">首页 > 文明创建 > 文明社区</div>
   <div id="title_tex">${TITLE}</div><div id="time_tex">发表时间：2013-11-05 09:20:00 来源：市文明办</div><div class="TRS_Editor">${body}</div>${around}</body></html>`;
const story = STORY.map((text) => `<p>${text}</p>`).join('');

describe('page makes of old sites', () => {
  test.each(TEMPLATES)('$name', async (template) => {
    const draft = await parse(template.html);
    expect(draft).toMatchObject({
      title: TITLE,
      source: template.source,
      selectorSet: template.selectorSet,
      charset: 'utf-8',
      verdict: 'clean',
    });
    expect(draft.publishedAt?.toISOString() ?? null).toBe(template.at);
    expect(draft.editor).toBe(template.editor ?? null);
    expect(blocksOf(draft.bodyHtml)).toEqual([...STORY]);
    expect(JSON.stringify(draft)).not.toContain('云溪文明网');
  });

  test('a breadcrumb gives the columns, the deepest first', async () => {
    expect((await parse(TEMPLATES[0]!.html)).columnGuess).toEqual(['文明社区', '文明创建']);
  });
});

describe('encodings', () => {
  const gbkPage = TEMPLATES[0]!.html;

  test.each([
    ['declared in the page', gbkPage.replace('utf-8', 'gb2312'), undefined, []],
    ['declared by the server', gbkPage.replace(/<meta[^>]*>/u, ''), 'text/html; charset=GBK', []],
    ['not declared at all', gbkPage.replace(/<meta[^>]*>/u, ''), undefined, []],
    ['declared wrongly', gbkPage, undefined, ['charset_mismatch']],
  ])('a GBK page, %s', async (_, html, contentType, expected) => {
    const [draft] = await parseLegacy(toGbk(html), 'page.htm', {
      lexicon,
      ...(contentType ? { contentType } : {}),
    });
    expect(draft).toMatchObject({ title: TITLE, charset: 'gb18030' });
    expect(codes(draft!)).toEqual(expected);
    expect(blocksOf(draft!.bodyHtml)).toEqual([...STORY]);
  });
});

describe('junk of old editors', () => {
  test('a TRS style sheet inside the text goes, the text stays', async () => {
    const leak =
      '.TRS_Editor P{margin-top:0;line-height:1.5;font-family:宋体;font-size:10.5pt;}.TRS_Editor DIV{margin-top:0;}';
    const draft = await parse(trs(`${leak}${story}<p>.TRS_Editor TD{font-size:12pt;}</p>`));
    expect(blocksOf(draft.bodyHtml)).toEqual([...STORY]);
    expect(codes(draft)).toEqual(['style_leak']);
  });

  test('Word leaves nothing behind', async () => {
    const word = `<p>Normal 0 7.8 磅 0 2 false false false EN-US ZH-CN X-NONE</p><p class="MsoNormal" style="layout-grid-mode:char"><span lang="EN-US" style="font-family:仿宋_GB2312">${STORY[0]}<o:p></o:p></span></p>`;
    const draft = await parse(trs(`${word}<!--[if gte mso 9]><xml>x</xml><![endif]-->`));
    expect(draft.bodyHtml).toBe(`<p>${STORY[0]}</p>`);
    expect(codes(draft)).toEqual(['word_junk']);
  });

  test('emphasis is kept over a line break, indents and runs of blanks are not', async () => {
    const draft = await parse(trs(`<p>　　<b>${STORY[1]}<br>　　第二行</b>&nbsp;&nbsp;&nbsp;完。</p>`));
    expect(draft.bodyHtml).toBe(`<p><strong>${STORY[1]}</strong></p>\n<p><strong>第二行</strong> 完。</p>`);
  });

  test('a table of figures stays a table, a table of layout becomes text', async () => {
    const figures =
      '<table><tr><th>社区</th><th>得分</th></tr><tr><td><p>云溪</p></td><td>92</td></tr></table>';
    expect((await parse(trs(story + figures))).bodyHtml).toContain('<th>社区</th>');
    expect((await parse(trs(`<table><tr><td>${story}</td></tr></table>`))).bodyHtml).not.toContain('<table');
  });
});

describe('pictures and attachments that did not come along', () => {
  test('each is named, by its true name and with the day in it', async () => {
    const draft = await parse(
      trs(
        `${story}<p><img src="../x/cache.jpg" oldsrc="W020130702544957438908.jpg" alt="清理现场"></p><p><a href="./P020131105.doc">附件：清洁日安排</a></p>`,
      ),
    );
    expect(draft.missingPictures).toEqual([
      { name: 'W020130702544957438908.jpg', alt: '清理现场', where: 'body', day: '2013-07-02' },
    ]);
    expect(codes(draft)).toEqual(['missing_attachment', 'missing_picture']);
    expect(draft.bodyHtml).not.toMatch(/<img|<a /u);
  });
});

describe('tampered pages', () => {
  const spam = '测试甲会员登录网址';
  const links = `<a href="http://spam.example/">${spam}</a>`;

  test('a site name that was replaced is reported and leaves no trace', async () => {
    const html = trs(
      story,
      `<p>主办单位：云溪街道</p><p>${spam}的技术支持：</p>`,
      `${TITLE}-${spam}`,
    ).replace('首页 >', `${spam} >`);
    const draft = await parse(html);
    expect(draft).toMatchObject({
      title: TITLE,
      verdict: 'block',
      source: '市文明办',
      columnGuess: ['文明社区', '文明创建'],
    });
    expect(codes(draft)).toEqual(['foreign_site_name', 'tampered_title']);
    expect(JSON.stringify(draft)).not.toContain('测试甲');
    expect(blocksOf(draft.bodyHtml)).toEqual([...STORY]);
  });

  test.each([
    ['numeric entities', Array.from(spam, (c) => `&#${c.codePointAt(0)};`).join('')],
    [
      'numeric entities encoded twice',
      Array.from(spam, (c) => `&amp;#x${c.codePointAt(0)?.toString(16)};`).join(''),
    ],
    ['zero-width characters', spam.split('').join('\u200b')],
    ['blanks and marks', '测 试-甲·会 员'],
    ['full-width letters', '测试甲ＡＰＰ下载'],
  ])('spam in the window title, disguised by %s', async (_, title) => {
    const draft = await parse(trs(story, '', `${TITLE}-${title}`));
    expect(draft.verdict).toBe('block');
    expect(draft.title).toBe(TITLE);
  });

  test.each([
    ['display:none', `<div style="display:none">${links}</div>`],
    [
      'an inline style sheet',
      `<style>.q9{position:absolute;left:-9999px}</style><div class="q9">${links}</div>`,
    ],
    ['zero size', `<div style="height:0;overflow:hidden">${links}</div>`],
    ['zero font', `<p style="font-size:0px">${links}</p>`],
    ['indent', `<p style="text-indent:-9999px">${links}</p>`],
    ['opacity', `<p style="opacity:0">${links}</p>`],
    ['clip', `<p style="position:absolute;clip:rect(0 0 0 0)">${links}</p>`],
    ['scale', `<p style="transform:scale(0)">${links}</p>`],
    ['max-height', `<p style="max-height:0;overflow:hidden">${links}</p>`],
    ['colour of the ground', `<p style="color:#fff;background-color:#fff">${links}</p>`],
    ['marquee', `<marquee height="1" width="1">${links}</marquee>`],
    ['noscript', `<noscript>${links}</noscript>`],
  ])('links hidden by %s are dropped and reported', async (_, hidden) => {
    for (const html of [trs(`${hidden}${story}`), trs(story, hidden)]) {
      const draft = await parse(html);
      expect(codes(draft)).toContain('hidden_node');
      expect(draft.verdict).not.toBe('clean');
      expect(blocksOf(draft.bodyHtml)).toEqual([...STORY]);
    }
  });

  test('a visible link to a foreign host loses its address, with spam also its words', async () => {
    const draft = await parse(
      trs(
        `${story}<p>更多见<a href="http://blog.example/">某博客</a>、<a href="https://www.wenming.cn/x">中国文明网</a>。${links}</p>`,
      ),
    );
    expect(codes(draft)).toEqual(['outbound_link']);
    expect(draft.verdict).toBe('review');
    expect(draft.bodyHtml).toContain(
      '<p>更多见某博客、<a href="https://www.wenming.cn/x">中国文明网</a>。</p>',
    );
  });

  test('foreign scripts, frames, redirects and forms go', async () => {
    const draft = await parse(
      trs(
        `${story}<iframe src="//spam.example" width="0"></iframe>`,
        '<script>eval(atob("eA=="))</script><form action="http://spam.example/"></form>',
      ),
    );
    expect(codes(draft)).toEqual(['script']);
    expect(draft.bodyHtml).not.toMatch(/iframe|script|form/u);
  });

  test('nothing that runs or styles survives in a body', async () => {
    const nasty =
      '<p onclick="x()" style="color:red" class="y" id="z">好<a href="javascript:alert(1)">点</a><svg onload="x()"></svg><base href="//spam.example"></p>';
    expect((await parse(trs(story + nasty))).bodyHtml).not.toMatch(
      /on\w+=|style|class|id=|javascript|svg|base/u,
    );
  });

  test('local names and warnings against betting are not blocked', async () => {
    const benign = [
      '测试甲花园小区三号楼',
      '测试甲酒店',
      '反赌宣传进社区，识破测试甲平台骗局',
      '体育彩票公益金支持健身设施',
    ];
    for (const sentence of benign)
      expect((await parse(trs(`${story}<p>${sentence}。</p>`))).verdict, sentence).toBe('clean');
    expect((await parse(trs(`${story}<p>访问测试甲官网注册。</p>`))).verdict).toBe('review');
  });
});

describe('old addresses', () => {
  test.each([
    ['wmcj/wmsq/201311/t20131105_4821.htm', '2013-11-05'],
    ['art/2020/1/3/art_123_456.html', '2020-01-03'],
    ['2018-09/06/c_1123388696.htm', '2018-09-06'],
    ['c100015/c5251153/content.html', null],
    ['info/1156/6388.htm', null],
    ['gov/content/post_508890.html', null],
  ])('%s in a mirrored folder is kept, its day is mentioned', async (name, day) => {
    const draft = await parse(trs(story).replace(/发表时间：\S+ \S+/u, ''), name);
    expect(draft.originalUrl).toBe(`/${name}`);
    expect(draft.publishedAt).toBeNull();
    expect(draft.warnings.some(({ message }) => day !== null && message.includes(day))).toBe(day !== null);
  });
});
