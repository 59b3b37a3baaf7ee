import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hidingOf } from '#core/tamper/hidden.ts';
import { hostOf, isOfficialHost } from '#core/tamper/hosts.ts';
import { decodeLexicon, findSpam, type Lexicon, shippedLexicon, warnsOfFraud } from '#core/tamper/lexicon.ts';
import { matchCopies } from '#core/tamper/normalise.ts';
import { judge } from '#core/tamper/verdict.ts';
import { readPage } from '#domains/integrity/page.ts';
import { judgePage, type SiteIdentity } from '#domains/integrity/rules.ts';

const lexicon: Lexicon = {
  brands: ['测试甲', 'ceshi8'],
  slots: ['网址', '会员', '登录', 'app'],
  phrases: ['测试投注站'],
};

describe('the lexicon', () => {
  test.each([
    '测试甲网址',
    '测试甲集团8的网址',
    '测试甲8会员登录',
    'CESHI8 APP',
    'ｃｅｓｈｉ８ａｐｐ',
    '测\u200b试\u200c甲\u00ad网址',
    '测.试.甲-网-址',
    '&#27979;&#35797;&#30002;&#32593;&#22336;',
    '&amp;#27979;&amp;#35797;&amp;#30002;&amp;#x7f51;&amp;#x5740;',
    '上测试投注站',
    '测 试 投 注 站',
  ])('finds %s', (text) => expect(findSpam(text, lexicon)).not.toBeNull());

  test.each([
    '测试甲花园三期',
    '测试甲社区',
    '网址登录会员',
    '测试甲酒店在建设路八号二楼今天开业欢迎会员',
    '体育彩票公益金',
  ])('lets %s be', (text) => expect(findSpam(text, lexicon)).toBeNull());

  test('a local name on the list of pardoned ones is no match', () => {
    expect(findSpam('测试甲大厦会员中心', lexicon)).not.toBeNull();
    expect(findSpam('测试甲大厦会员中心', lexicon, ['测试甲大厦'])).toBeNull();
  });

  test('a text that warns of fraud is known as such', () => {
    expect(warnsOfFraud('远离网络赌博，反诈民警进社区')).toBe(true);
    expect(warnsOfFraud('棋牌室开放时间')).toBe(false);
  });

  test('is stored encoded, and no file of the project holds what it finds', () => {
    expect(shippedLexicon().brands.length).toBeGreaterThan(10);
    expect(decodeLexicon(Buffer.from('甲 乙\n网址\n').toString('base64'))).toEqual({
      brands: ['甲', '乙'],
      slots: ['网址'],
      phrases: [],
    });
    const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0');
    const texts = files.filter(
      (file) => /\.(?:ts|mjs|astro|md|css|json|sql|svg|html)$/u.test(file) && file !== 'package-lock.json',
    );
    for (const file of texts) {
      const hit = readFileSync(file, 'utf8')
        .split('\n')
        .findIndex((line) => findSpam(line) !== null);
      expect(hit, `${file}:${hit + 1}`).toBe(-1);
    }
  });
});

test('matching copies fold what hides a word, and nothing else', () => {
  expect(matchCopies('Ａ&nbsp;b\u200b，&amp;lt;c')).toEqual({ spaced: 'a b,<c', tight: 'abc' });
});

describe('the two-signal rule', () => {
  test.each([
    [[], 'clean'],
    [['lexicon'], 'review'],
    [['lexicon', 'lexicon'], 'review'],
    [['lexicon', 'hidden_node'], 'block'],
    [['site_name'], 'block'],
    [['cloaking'], 'block'],
  ] as const)('%j: %s', (signals, verdict) => expect(judge(signals)).toBe(verdict));
});

test.each([
  ['display: NONE !important', 'display'],
  ['display:none;display:block', null],
  ['visibility:hidden', 'visibility'],
  ['opacity:0.0', 'opacity'],
  ['opacity:0.5', null],
  ['position:absolute;left:-999px', 'off_screen'],
  ['left:-999px', null],
  ['text-indent:-9999em', 'text_indent'],
  ['text-indent:2em', null],
  ['text-indent:-2em', null],
  ['font-size:0', 'zero_font'],
  ['overflow:hidden;height:1px', 'zero_size'],
  ['max-height:0px', 'max_height'],
  ['color:#fff', null],
  ['color:#fff;background:#fff', 'same_colour'],
  ['transform:scale(0)', 'scale'],
  ['clip:rect(0,0,0,0)', 'clip'],
  ['margin-left:-5000px', 'off_screen'],
  ['font-size:14px;line-height:0.5', null],
] as const)('style %s hides by %s', (style, way) => expect(hidingOf(style)).toBe(way));

test('hosts', () => {
  expect(
    ['www.gov.cn', 'gov.cn', 'a.b.wenming.cn.', '街道.政务'].map((host) => isOfficialHost(host)),
  ).toEqual([true, true, true, true]);
  expect(['evilgov.cn', 'gov.cn.example', 'example'].map((host) => isOfficialHost(host))).toEqual([
    false,
    false,
    false,
  ]);
  expect([
    hostOf('//x.example/a'),
    hostOf('HTTP://x.example'),
    hostOf('/a'),
    hostOf('#a'),
    hostOf('mailto:a@x.example'),
  ]).toEqual(['x.example', 'x.example', null, null, null]);
});

describe('a served page', () => {
  const site: SiteIdentity = { siteName: '邻声', owner: '云溪区文明办', hosts: [], pardoned: [] };
  const page = (part: { title?: string; root?: string; owner?: string; body?: string } = {}): string =>
    `<html><head><title>${part.title ?? '公告 - 邻声'}</title></head><body><nav aria-label="您所在的位置"><a href="/">${part.root ?? '首页'}</a></nav>
     <main>${part.body ?? '文'}</main><footer><p>主办单位：${part.owner ?? '云溪区文明办'}</p></footer></body></html>`;
  const judged = (html: string) => judgePage(readPage(html, 'linsheng.example'), site, lexicon);

  test('as it was made is clean', () =>
    expect(judged(page())).toEqual({ verdict: 'clean', signals: [], faults: [] }));

  test.each([
    [{ title: '公告 - 测试甲' }, 'title'],
    [{ title: '邻声公告' }, 'title'],
    [{ root: '测试甲' }, 'breadcrumb'],
    [{ owner: '测试甲' }, 'footer'],
  ])('with a changed template %j is blocked without any word list', (part, fault) => {
    expect(judged(page(part))).toMatchObject({ verdict: 'block', faults: [fault] });
  });

  test('one sign asks for a look, two block', () => {
    expect(judged(page({ body: '测试甲网址' })).verdict).toBe('review');
    expect(judged(page({ body: '<a href="http://x.example">链</a>' })).verdict).toBe('review');
    expect(
      judged(page({ body: '<div style="display:none"><a href="http://x.example">测试甲网址</a></div>' })),
    ).toMatchObject({
      verdict: 'block',
      signals: ['lexicon', 'hidden_node', 'outbound_host'],
    });
    expect(judged(page({ body: '反诈宣传：测试甲网址是骗局' })).verdict).toBe('clean');
    expect(
      judged(page({ body: '<a href="https://www.gov.cn">国</a><script src="/a.js"></script>' })).verdict,
    ).toBe('clean');
  });
});
