import { afterAll, describe, expect, test } from 'vitest';
import { freshStore } from '../../support/store.ts';

const { remove } = freshStore();
const { bodyText, cleanBody, firstPicture, picturesIn, renderBody } = await import('#domains/news/body.ts');
const { leavingTo } = await import('#domains/news/leaving.ts');

afterAll(remove);

const ID = 'abcdefghijklmnopqrstuvwx';
const OWN = 'www.example.gov.cn';

describe('stored', () => {
  test.each([
    ['<p onclick="x()">甲<script>alert(1)</script></p>', '<p>甲</p>'],
    ['<p style="display:none">甲</p>', '<p>甲</p>'],
    ['<p class="a" id="b">甲</p>', '<p>甲</p>'],
    ['<a href="javascript:alert(1)">甲</a>', '<a>甲</a>'],
    ['<a href="//evil.example/x">甲</a>', '<a>甲</a>'],
    ['<a href="data:text/html,x">甲</a>', '<a>甲</a>'],
    ['<iframe src="https://x.example"></iframe><p>甲</p>', '<p>甲</p>'],
    ['<base href="https://x.example"><meta http-equiv="refresh" content="0"><p>甲</p>', '<p>甲</p>'],
    ['<svg><a href="https://x.example">乙</a></svg><p>甲</p>', '<a href="https://x.example">乙</a><p>甲</p>'],
    ['<form action="https://x.example"><input name="a"></form><p>甲</p>', '<p>甲</p>'],
    ['<p>&#60;script&#62;甲</p>', '<p>&lt;script&gt;甲</p>'],
    ['<h1>题</h1><p>　　首行<b>粗</b></p><p>&nbsp;</p>', '<h2>题</h2><p>首行<strong>粗</strong></p>'],
    ['<img src="https://x.example/a.jpg" alt="甲">', ''],
    ['<img src="/media/../secret/960" alt="甲">', ''],
    [
      `<p><img src="/media/${ID}/960" alt="甲" onerror="x"></p>`,
      `<p><img src="/media/${ID}/960" alt="甲" /></p>`,
    ],
    [
      '<img src="/scenes/library.svg" alt="甲" srcset="https://x.example/a.jpg">',
      '<img src="/scenes/library.svg" alt="甲" />',
    ],
    [
      '<table><tr><td colspan="2" style="x" width="9">甲</td></tr></table>',
      '<table><tr><td colspan="2">甲</td></tr></table>',
    ],
  ])('%s', async (html, stored) => {
    expect(await cleanBody(html)).toBe(stored);
  });

  test('cleaning twice changes nothing', async () => {
    const once = await cleanBody(
      '<p>　甲&amp;乙 &lt;b&gt; <a href="https://x.example/?a=1&b=2" title="t">丙</a></p>',
    );
    expect(await cleanBody(once)).toBe(once);
  });
});

describe('shown', () => {
  test('what was put into the store past us is cleaned again', async () => {
    expect(await renderBody('<p>甲</p><script>1</script><p style="color:red">乙</p>', OWN)).toBe(
      '<p>甲</p><p>乙</p>',
    );
  });

  test('an official host is linked at once, any other past the page that says so; both are marked', async () => {
    const html = await renderBody(
      '<p><a href="https://www.gov.cn/a">国</a><a href="https://shop.example/x?y=1">店</a><a href="/news/">内</a></p>',
      OWN,
    );
    expect(html).toContain('<a href="https://www.gov.cn/a" rel="noopener nofollow"');
    expect(html.match(/（将离开本站）<\/span>/g)).toHaveLength(2);
    expect(html).toContain('<a href="/news/">内</a>');
    expect(html).not.toContain('href="https://shop.example');
    const token = /\/leave\?to=([\w.-]+)/.exec(html)?.[1] ?? '';
    expect(leavingTo(token)).toBe('https://shop.example/x?y=1');
    expect(leavingTo(`${token.slice(0, -2)}AA`)).toBeNull();
    expect(
      leavingTo(`${Buffer.from('https://evil.example').toString('base64url')}.${token.split('.')[1]}`),
    ).toBeNull();
  });

  test('links to the site itself by its full address stay inside', async () => {
    expect(await renderBody(`<p><a href="https://${OWN}/a">甲</a></p>`, OWN)).toBe(
      `<p><a href="https://${OWN}/a">甲</a></p>`,
    );
  });

  test('an uploaded picture comes in all widths, late, with its description', async () => {
    const html = await renderBody(`<img src="/media/${ID}/960" alt="甲" width="960" height="640">`, OWN);
    expect(html).toContain(`srcset="/media/${ID}/480 480w, /media/${ID}/960 960w, /media/${ID}/1600 1600w"`);
    expect(html).toContain('loading="lazy"');
    expect(html).toContain('alt="甲"');
    expect(html).toContain('width="960" height="640"');
  });
});

test('the words of a body, block by block', () => {
  expect(
    bodyText(
      '<h2>题</h2><p>甲&amp;乙<br />丙</p><ul><li>丁</li></ul><table><tr><td>一</td><td>二</td></tr></table>',
    ),
  ).toBe('题\n甲&乙\n丙\n丁\n一\n二');
});

test('pictures of a body', () => {
  const html = `<img src="/media/${ID}/960" alt="" /><img src="/scenes/library.svg" alt="" />`;
  expect(picturesIn(html)).toEqual([ID]);
  expect(firstPicture(html)).toBe(`/media/${ID}/960`);
});
