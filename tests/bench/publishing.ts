import { demoAccount, signIn } from '../support/sign-in.ts';
import { hiddenFields, Visitor } from '../support/visitor.ts';
import type { Bench } from './server.ts';

const TIMES = 10;
const COLUMN = 'headlines';

async function staff(server: Bench, role: string): Promise<Visitor> {
  const visitor = new Visitor(server.base, role === 'editor' ? '10.9.0.1' : '10.9.0.2');
  await signIn(visitor, demoAccount(server.dataDir, role));
  return visitor;
}

async function sent(
  visitor: Visitor,
  page: string,
  form: string,
  fields: Record<string, string>,
): Promise<string> {
  const { text } = await visitor.get(page);
  const answer = await visitor.post(page, { ...hiddenFields(text, form), ...fields });
  if (answer.status !== 303) throw new Error(`${page} was answered ${answer.status}`);
  return answer.location;
}

/** Writes an article and submits it; gives its page at the desk. */
async function written(editor: Visitor, title: string): Promise<string> {
  const edit = await sent(editor, '/staff/news/new', 'name="title"', { columnId: COLUMN, title });
  const body = { columnId: COLUMN, title, source: '市创城办', editor: '甲', bodyHtml: '<p>一段正文。</p>' };
  await sent(editor, edit, 'name="bodyHtml"', body);
  const desk = edit.replace(/edit$/, '');
  await sent(editor, desk, 'value="submit"', {});
  return desk;
}

/** Asks every page that shows an article until each does; gives how long that took (ms). */
async function shown(base: string, title: string): Promise<number> {
  const began = performance.now();
  const pages = ['/', `/news/${COLUMN}/`, `/feeds/${COLUMN}.xml`, `/search?q=${encodeURIComponent(title)}`];
  const reader = new Visitor(base, '10.9.0.3');
  let article = '';
  for (const page of pages) {
    const { text } = await reader.get(page);
    const plain = text.replaceAll('<mark>', '').replaceAll('</mark>', '');
    if (!plain.includes(title)) throw new Error(`${page} does not show what was published`);
    article ||=
      new RegExp(`href="(/news/\\d{8}/\\d+)"[^>]*>[^<]*(?:<[^>]+>[^<]*)*?${title}`).exec(text)?.[1] ?? '';
  }
  const { text } = await reader.get(article);
  if (!text.includes(title)) throw new Error(`${article} does not show what was published`);
  return performance.now() - began;
}

/**
 * From the answer to the approver's click until home, column, feed, search and the article itself have been asked for and
 * show it (ms, the slowest of ten).
 */
export async function publishingMs(server: Bench): Promise<number> {
  const [editor, approver] = [await staff(server, 'editor'), await staff(server, 'approver')];
  let slowest = 0;
  // The first round loads pages that nobody had asked for yet, and is not counted.
  for (let n = 0; n <= TIMES; n++) {
    const title = `测速稿件第${n}篇`;
    const desk = await written(editor, title);
    await sent(approver, desk, 'value="publish"', {});
    const took = await shown(server.base, title);
    if (n > 0) slowest = Math.max(slowest, took);
  }
  return slowest;
}
