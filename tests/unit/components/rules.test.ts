import { describe, expect, test } from 'vitest';
import { linePoints, percent, scaleFor } from '../../../src/components/chart-scale.ts';
import { type ClockView, clockWords, endOfDay, shortDue } from '../../../src/components/clock-words.ts';
import { exampleForm, fieldView } from '../../../src/components/form-view.ts';
import { pageNumbers } from '../../../src/components/pages.ts';
import { localPath } from '../../../src/layouts/local-path.ts';
import { documentTitle, metaTags } from '../../../src/layouts/page-head.ts';
import { doorOf, isBehind } from '../../../src/layouts/site-nav.ts';

describe('pager', () => {
  test.each([
    [1, 1, [1]],
    [1, 9, [1, 2, 0, 9]],
    [2, 3, [1, 2, 3]],
    [5, 9, [1, 0, 4, 5, 6, 0, 9]],
    [9, 9, [1, 0, 8, 9]],
  ])('page %i of %i shows %j', (page, pages, shown) => {
    expect(pageNumbers(page, pages)).toEqual(shown);
  });
});

describe('clock', () => {
  test.each<[ClockView, string]>([
    [{ state: 'running', count: 2 }, '还剩 2 个工作日'],
    [{ state: 'soon', count: 0 }, '今天到期'],
    [{ state: 'soon', count: 0, unit: 'hour' }, '即将到期'],
    [{ state: 'soon', count: 3, unit: 'hour' }, '还剩 3 小时'],
    [{ state: 'overdue', count: 1 }, '已超期 1 个工作日'],
    [{ state: 'overdue' }, '已超期'],
    [{ state: 'paused' }, '已暂停，等待补充'],
    [{ state: 'met' }, '按时办结'],
    [{ state: 'missed' }, '超期办结'],
  ])('%j reads %s', (clock, words) => {
    expect(clockWords(clock)).toBe(words);
  });
});

test.each([
  ['2026-03-09T16:00:00Z', '2026-03-09 24:00', '3月9日'],
  ['2026-03-09T09:00:00Z', '2026-03-09 17:00', '3月9日 17:00'],
  ['2026-12-31T16:00:00Z', '2026-12-31 24:00', '12月31日'],
])('due at %s is said as %s, in a list as %s', (due, words, short) => {
  expect(endOfDay(new Date(due))).toBe(words);
  expect(shortDue(new Date(due))).toBe(short);
});

describe('charts', () => {
  test.each([
    [[], 1],
    [[0, 0], 1],
    [[3], 3],
    [[17, 61, 128], 150],
    [[1000], 1000],
    [[0.3], 0.3],
  ])('the axis for %j ends at %d', (values, top) => {
    const scale = scaleFor(values);
    expect(scale.top).toBeCloseTo(top);
    expect(scale.ticks[0]).toBe(0);
    expect(scale.ticks.at(-1)).toBeCloseTo(top);
  });

  test('a bar never leaves its cell', () => {
    expect(percent(128, 150)).toBe('85.33%');
    expect(percent(150, 150)).toBe('100%');
  });

  test('a missing month breaks the line instead of drawing a zero', () => {
    expect(linePoints([0, null, 10], 10)).toEqual(['0.00,100.00', '100.00,0.00']);
  });
});

describe('field', () => {
  test('shows what was sent and names its hint and error', () => {
    const form = exampleForm({ phone: '123' }, { phone: '应为 11 位' });
    expect(fieldView({ name: 'phone', label: '电话', hint: '手机', form })).toMatchObject({
      id: 'f-phone',
      value: '123',
      error: '应为 11 位',
      describedBy: 'f-phone-hint f-phone-error',
    });
  });

  test('describes nothing where there is nothing to say', () => {
    expect(fieldView({ name: 'q', label: '关键词' })).toMatchObject({ value: '', describedBy: undefined });
  });
});

describe('way back after choosing a view', () => {
  test.each(['/', '/news/12?page=2', '/search?q=路灯'])('%s stays', (path) => {
    expect(localPath(path)).toBe(new URL(path, 'http://x').pathname + new URL(path, 'http://x').search);
  });

  test.each([
    null,
    '',
    'news',
    '//elsewhere.example/',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/.//elsewhere.example',
    'https://elsewhere.example/',
    'javascript:alert(1)',
  ])('%j leads home', (path) => {
    expect(localPath(path)).toBe('/');
  });
});

describe('head of a page', () => {
  const site = {
    name: '文明云汀',
    domain: 'www.example.gov.cn',
    origin: 'https://www.example.gov.cn',
    idCode: '',
  };
  const column = { name: '最新要闻', description: '市里要闻', keywords: '要闻', type: '工作动态' };
  const article = {
    title: '楼道灯',
    publishedAt: new Date('2026-03-06T13:05:00Z'),
    source: '市创城办',
    url: '/news/12',
  };

  test.each([
    ['楼道灯', '最新要闻', '楼道灯 - 最新要闻 - 文明云汀'],
    ['最新要闻', '最新要闻', '最新要闻 - 文明云汀'],
    ['', undefined, '文明云汀'],
  ])('%j in %j is titled %s', (title, name, whole) => {
    expect(documentTitle(title, name, site.name)).toBe(whole);
  });

  test('an article carries every tag once, in 24-hour Beijing time, and no empty one', () => {
    const tags = metaTags(site, { column, article });
    expect(new Set(tags.map(([name]) => name)).size).toBe(tags.length);
    expect(Object.fromEntries(tags)).toEqual({
      SiteName: '文明云汀',
      SiteDomain: 'www.example.gov.cn',
      ColumnName: '最新要闻',
      ColumnDescription: '市里要闻',
      ColumnKeywords: '要闻',
      ColumnType: '工作动态',
      ArticleTitle: '楼道灯',
      PubDate: '2026-03-06 21:05',
      ContentSource: '市创城办',
      Keywords: '要闻',
      Url: 'https://www.example.gov.cn/news/12',
    });
  });

  test.each([
    ['/', '/', true],
    ['/', '/news/', false],
    ['/news/', '/news', true],
    ['/news/', '/news/12', true],
    ['/search', '/searching', false],
  ])('the door %s for %s: %s', (href, path, behind) => {
    expect(isBehind(href, path)).toBe(behind);
  });

  test.each([
    ['/news/20260305/7', [{ href: '/notices/' }, { href: '/notices/public/' }, {}], '/notices/'],
    ['/news/20260305/8', [{ href: '/news/volunteering/' }, {}], '/volunteers/'],
    ['/news/volunteering/', undefined, '/volunteers/'],
    ['/news/20260305/9', [{ href: '/news/headlines/' }], '/news/'],
    ['/about/', undefined, undefined],
  ])('%s lies behind %s: %s', (path, crumbs, door) => {
    expect(doorOf(path, crumbs)).toBe(door);
  });
});
