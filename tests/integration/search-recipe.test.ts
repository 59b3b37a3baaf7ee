import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@libsql/client';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pinyinTokens } from '#domains/search/pinyin.ts';
import { indexTokens, matchQuery, termsOf } from '#domains/search/rules.ts';

let folder: string;
let client: Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'search-'));
  client = createClient({ url: `file:${join(folder, 'search.db')}` });
  await client.execute("CREATE VIRTUAL TABLE docs USING fts5(title, body, pinyin, tokenize = 'unicode61')");
});
afterAll(() => {
  client.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => client.execute('DELETE FROM docs'));

const store = (texts: readonly string[]) =>
  client.batch(
    texts.map((text, i) => ({
      sql: 'INSERT INTO docs (rowid, title, body, pinyin) VALUES (?, ?, ?, ?)',
      args: [i, indexTokens(text), '', ''],
    })),
    'write',
  );

const find = async (query: string): Promise<number[]> => {
  const match = matchQuery(query);
  if (match === null) return [];
  const { rows } = await client.execute({
    sql: 'SELECT rowid FROM docs WHERE docs MATCH ? ORDER BY rowid',
    args: [match],
  });
  return rows.map((row) => Number(row.rowid));
};

// Few characters, so that random queries often hit.
const han = fc.string({ unit: fc.constantFrom(...'社区共建路灯不亮的'), minLength: 1, maxLength: 12 });
const words = fc.array(
  fc.oneof(
    fc.string({ unit: fc.constantFrom(...'社区共建'), minLength: 1, maxLength: 4 }),
    fc.constantFrom('3', '33', 'ab', 'b', '2026'),
  ),
  { minLength: 1, maxLength: 5 },
);

test('for Han text the result is exactly what contains every term', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(han, { minLength: 1, maxLength: 8 }),
      fc.array(fc.string({ unit: fc.constantFrom(...'社区共建路灯不亮的'), minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 3,
      }),
      async (texts, terms) => {
        await client.execute('DELETE FROM docs');
        await store(texts);
        const truth = texts.flatMap((text, i) => (terms.every((term) => text.includes(term)) ? [i] : []));
        expect(await find(terms.join(' '))).toEqual(truth);
      },
    ),
    { numRuns: 150 },
  );
});

test('mixed with letters and digits, those match as whole words', async () => {
  const pieces = (text: string): string[] => text.match(/[一-鿿]+|[a-z0-9]+/g) ?? [];
  await fc.assert(
    fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 6 }), words, async (texts, query) => {
      await client.execute('DELETE FROM docs');
      const docs = texts.map((t) => t.join(''));
      await store(docs);
      const term = query.join('');
      const truth = docs.flatMap((doc, i) => {
        for (let at = doc.indexOf(term); at >= 0; at = doc.indexOf(term, at + 1)) {
          const cut = (a: string, b: string): boolean => /[a-z0-9]/.test(a) && /[a-z0-9]/.test(b);
          const end = at + term.length;
          if (!cut(doc.charAt(at - 1), doc.charAt(at)) && !cut(doc.charAt(end - 1), doc.charAt(end)))
            return [i];
        }
        return [];
      });
      expect(pieces(term).length).toBeGreaterThan(0);
      expect(await find(term)).toEqual(truth);
    }),
    { numRuns: 150 },
  );
});

test('no input whatever is a syntax error', async () => {
  await store(['社区共建']);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (query) => {
      await find(query);
    }),
    { numRuns: 300 },
  );
  for (const query of [
    '路灯 AND (',
    '"',
    'NEAR(a b)',
    'title:',
    '*',
    '^a',
    '-a',
    'a OR',
    '社 NOT 区',
    '{',
    "'; DROP TABLE docs; --",
  ]) {
    await expect(find(query)).resolves.toBeInstanceOf(Array);
  }
});

test('a title finds itself, at any length', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), async (title) => {
      await client.execute('DELETE FROM docs');
      await store([title]);
      if (termsOf(title).length > 0) expect(await find(title)).toEqual([0]);
    }),
    { numRuns: 200 },
  );
});

test('pinyin: whole, initials, beginning and middle', async () => {
  await client.execute({
    sql: 'INSERT INTO docs (rowid, title, body, pinyin) VALUES (1, ?, ?, ?)',
    args: [indexTokens('创建文明社区'), '', pinyinTokens('创建文明社区')],
  });
  for (const query of [
    'chuangjianwenmingshequ',
    'cjwmsq',
    'wmsq',
    'wenming',
    'shequ',
    'Wenming',
    '文明 shequ',
  ]) {
    expect([query, await find(query)]).toEqual([query, [1]]);
  }
  expect(await find('wmc')).toEqual([]);
});
