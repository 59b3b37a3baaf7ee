import { describe, expect, test } from 'vitest';
import { type Lexicon, shippedLexicon } from '#core/tamper/lexicon.ts';
import { blocksOf } from '#domains/news/legacy/body.ts';
import type { LegacyDocument } from '#domains/news/legacy/document.ts';
import { parseLegacy } from '#domains/news/legacy/parse.ts';
import { STORY, TITLE } from './pages.ts';

const lexicon: Lexicon = { ...shippedLexicon(), brands: ['测试甲'] };
const parse = (lines: readonly string[]): Promise<LegacyDocument[]> =>
  parseLegacy(lines.join('\n'), 'page.txt', { lexicon });
const codes = (draft: LegacyDocument | undefined): string[] => draft?.warnings.map(({ code }) => code) ?? [];
const PREFACE =
  '前言：本站为你精心整理了楼道清理实施方案范文，希望能为你的创作提供参考价值，我们的客服老师可以帮助你，欢迎咨询。';

describe('the text of a portal page', async () => {
  const spam = '测试甲集团网址8';
  const portal = [
    `${TITLE}-${spam}`,
    '',
    `${spam}-测试甲会员查询`,
    '最新要闻  图片新闻  公告公示  文明创建  志愿服务  未成年人  专题集锦',
    `  您所在的位置:${spam} > 文明创建 > 文明社区`,
    TITLE,
    '[云溪创城办]    2011-03-02 16:33:00    字体显示:',
    '',
    `205,${STORY[0]}`,
    '',
    STORY[1],
    '',
    STORY[2],
    ' ',
    ' 好 人 榜     更多>>',
    '图片1.jpg',
    'w020140702544957438908.jpg',
    '  创 城 简 报     更多>>',
    '创城简报2012年第3期',
    '主办单位:云溪区文明办',
    `${spam}的技术支持:`,
    '网站地图',
  ];
  const [draft, ...more] = await parse(portal);

  test('gives one whole draft with its source and time', async () => {
    expect(more).toEqual([]);
    expect(draft).toMatchObject({
      title: TITLE,
      source: '云溪创城办',
      columnGuess: ['文明社区', '文明创建'],
      verdict: 'block',
    });
    expect(draft?.publishedAt?.toISOString()).toBe('2011-03-02T08:33:00.000Z');
    expect(blocksOf(draft?.bodyHtml ?? '')).toEqual([`205,${STORY[0]}`, STORY[1], STORY[2]]);
  });

  test('lets nothing of the replaced site name through', async () => {
    expect(JSON.stringify(draft)).not.toContain('测试甲');
    expect(codes(draft)).toEqual(expect.arrayContaining(['foreign_site_name', 'tampered_title']));
  });

  test('lists the stray number and the pictures that are gone', async () => {
    expect(draft?.suggestions).toEqual([
      {
        kind: 'stray',
        block: 0,
        offset: 0,
        found: '205,',
        offered: '',
        context: `【205,】${STORY[0].slice(0, 6)}`,
      },
    ]);
    expect(draft?.missingPictures).toEqual([
      { name: '图片1.jpg', alt: '', where: 'aside', day: null },
      { name: 'w020140702544957438908.jpg', alt: '', where: 'aside', day: '2014-07-02' },
    ]);
  });
});

describe('the text of a document-sharing site', () => {
  test('the preface and the menu go, the title stays', async () => {
    const [draft] = await parse([
      '首页 > 文章中心 > 正文',
      '',
      '楼道清理实施方案',
      '',
      PREFACE,
      '',
      '楼道清理实施方案',
      '',
      ...STORY,
    ]);
    expect(draft).toMatchObject({
      title: '楼道清理实施方案',
      columnGuess: [],
      source: null,
      publishedAt: null,
    });
    expect(blocksOf(draft?.bodyHtml ?? '')).toEqual([...STORY]);
    expect(codes(draft)).toEqual(['document_site', 'no_source', 'lost_date']);
  });

  test('without a title of its own, the preface names it, to be checked', async () => {
    const [draft] = await parse([PREFACE, ...STORY]);
    expect(draft?.title).toBe('楼道清理实施方案');
    expect(codes(draft)).toContain('guessed_title');
  });

  test('a collection becomes its articles, each with its own title where it has one', async () => {
    const drafts = await parse([
      '楼道清理情况范文',
      '时间：2024-03-05 17:50:08',
      `导语：${PREFACE}`,
      '楼道清理情况',
      '篇1',
      STORY[0],
      '篇2',
      '——云溪街道的做法',
      STORY[1],
      '篇3',
      '一、总体要求',
      STORY[2],
    ]);
    expect(drafts.map(({ title }) => title)).toEqual([
      '楼道清理情况（篇1）',
      '云溪街道的做法',
      '楼道清理情况（篇3）',
    ]);
    expect(drafts.map(({ bodyHtml }) => blocksOf(bodyHtml))).toEqual([
      [STORY[0]],
      [STORY[1]],
      ['一、总体要求', STORY[2]],
    ]);
    expect(new Set(drafts.map(({ rawHash }) => rawHash)).size).toBe(3);
    expect(drafts.map(({ publishedAt }) => publishedAt)).toEqual([null, null, null]);
    expect(codes(drafts[1])).not.toContain('guessed_title');
  });

  test('a speech in one line gets its paragraphs and one title; doubled characters are offered, not mended', async () => {
    const damaged = [
      '今天，我们们召开楼道清理动员员大会，目的是进一一步改善居住环境，，把好事办到居民心心坎上。',
      '一、认识要到位位。老旧小区的楼道道关系居民平安，街街道上下要人人出力力。',
      '各社区要天天巡查，，发现杂物当日清走走，把消防通道留出出来。',
    ];
    const speech = `在楼道清理动员会上的讲话 ${damaged.join(' ')} ${STORY.join(' ')} ${STORY.join(' ')}`;
    const [draft] = await parse([
      '在楼道清理动员会上的讲话.doc',
      '',
      '在楼道清理动员会上的讲话.doc',
      '  1. 1、本文档共8页，可阅读全部内容。',
      '查看更多',
      '在楼道清理动员会上的讲话',
      '',
      speech,
      '',
      '文档评论(0)',
      'abc123 + 关注',
      '实名认证',
      '相关文档',
    ]);
    const blocks = blocksOf(draft?.bodyHtml ?? '');
    expect(draft?.title).toBe('在楼道清理动员会上的讲话');
    expect(blocks.slice(0, 3)).toEqual(damaged);
    expect(blocks.join('')).not.toContain('讲话');
    const doubled = draft?.suggestions.filter(({ kind }) => kind === 'doubled') ?? [];
    expect(doubled.slice(0, 3).map(({ context }) => context)).toEqual(
      ['今天，我【们们】召开楼道清理', '楼道清理动【员员】大会，目的是', '目的是进【一一】步改善居住环'].map(
        (text) => expect.stringContaining(text.slice(-10)),
      ),
    );
    for (const { block, offset, found, offered } of doubled) {
      expect(blocks[block]?.slice(offset, offset + 2)).toBe(found);
      expect(found).toBe(offered + offered);
    }
    expect(codes(draft)).toEqual(
      expect.arrayContaining(['document_site', 'paragraphs_rebuilt', 'doubled_characters']),
    );
  });
});

describe('damage in a text', () => {
  const draftOf = async (text: string): Promise<LegacyDocument | undefined> =>
    (await parse([TITLE, `来源：市文明办 2012-01-01 10:00`, STORY[0], text]))[0];

  test.each([
    ['人人动手，天天清扫，扎扎实实为居民办实实在在的事，看看谁家更整洁。', []],
    ['这是我们的的约定，，请遵守。', ['的的', '，，']],
    ['商 业网点要签订责任书。', [' ']],
    ['社区政(zheng)策宣传到户。', ['(zheng)']],
    ['文化氛围更浓。共2页，当前第1页1', ['共2页，当前第1页1']],
    ['横线——与省略……不是重复，******也不是。', []],
  ])('%s', async (text, found) => {
    expect((await draftOf(text))?.suggestions.map((offer) => offer.found)).toEqual(found);
  });

  test('lost words, a cut end and a missing time are said', async () => {
    expect(codes(await draftOf('建设和谐新*，由__镇负责。'))).toEqual(['lost_words']);
    expect(codes(await draftOf('三、下一步打算'))).toEqual(['text_cut']);
    expect(codes((await parse([TITLE, '来源：市文明办 2012-01-01', STORY[0]]))[0])).toEqual(['no_time']);
  });

  test('reading the same file twice gives the same drafts', async () => {
    expect(await parse([TITLE, ...STORY])).toEqual(await parse([TITLE, ...STORY]));
  });

  test('an empty file and a file of noise give a draft that says what is missing, and no error', async () => {
    for (const text of ['', '\u0000\u0001', '<html></html>', '<p', '篇1\n篇2']) {
      for (const draft of await parseLegacy(Buffer.from(text), 'x.htm', { lexicon }))
        expect(codes(draft)).toContain('no_source');
    }
  });
});
