import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pinyinOf, pinyinTokens } from '#domains/search/pinyin.ts';
import { commonSynonyms, indexTokens, matchQuery, snippet, termsOf } from '#domains/search/rules.ts';

describe('index', () => {
  test.each([
    ['社区共建', '社区 区共 共建 建'],
    ['社', '社'],
    ['解放路3号', '解放 放路 路 3 号'],
    ['2024年创城', '2024 年创 创城 城'],
    ['ＡＢＣ 路灯', 'abc 路灯 灯'],
    ['《公约》，签了！', '公约 约 签了 了'],
    ['𠮷野家', '𠮷野 野家 家'],
    ['', ''],
    ['——！？', ''],
  ])('%s: %s', (text, tokens) => expect(indexTokens(text)).toBe(tokens));
});

describe('query', () => {
  test.each([
    ['社区共建', '"社区 区共 共建"'],
    ['社', '"社"*'],
    ['解放路3号', '"解放 放路 路 3 号"*'],
    ['3号楼', '"3 号楼"'],
    ['路灯 报修', '"路灯" AND "报修"'],
    ['  路灯　不亮 ', '"路灯" AND "不亮"'],
    ['2026', '"2026"'],
    ['路灯 AND (', '"路灯" AND ("and" OR pinyin : "and" *)'],
    ['"路" OR *', '"路"* AND ("or" OR pinyin : "or" *)'],
    ['wmsq', '("wmsq" OR pinyin : "wmsq" *)'],
    ['a', '"a"'],
  ])('%s: %s', (query, match) => expect(matchQuery(query)).toBe(match));

  test.each(['', '   ', '！？', '" * ( ) : ^ -'])('nothing to search in %j', (query) =>
    expect(matchQuery(query)).toBeNull(),
  );

  test('synonyms are searched beside the word itself', () => {
    expect(matchQuery('路灯不亮', commonSynonyms)).toBe(
      '("路灯 灯不 不亮" OR "路灯 灯报 报修" OR "路灯 灯故 故障")',
    );
    expect(commonSynonyms('义工')).toEqual(['志愿者']);
    expect(commonSynonyms('没有的词')).toEqual([]);
  });

  test('an endless query is cut', () => {
    expect(termsOf('路 '.repeat(500))).toHaveLength(10);
    expect((matchQuery('路'.repeat(5000)) ?? '').length).toBeLessThan(400);
  });

  test('whatever is typed, nothing but tokens reaches the store', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (query) => {
        const match = matchQuery(query);
        if (match === null) return;
        expect(
          match
            .replace(/"[\p{L}\p{N} ]*"\*?/gu, '')
            .replace(/pinyin : {2}\*| AND | OR |[()*]|pinyin : /g, ''),
        ).toBe('');
      }),
    );
  });
});

describe('snippet', () => {
  const words = (text: string, query: string, length = 20): string =>
    snippet(text, query, length)
      .map(({ text: t, hit }) => (hit ? `[${t}]` : t))
      .join('');

  test.each([
    ['小区路灯不亮三天了', '路灯', '小区[路灯]不亮三天了'],
    ['路灯，路灯，还是路灯', '路灯', '[路灯]，[路灯]，还是[路灯]'],
    ['小区路灯不亮', '路灯 小区', '[小区路灯]不亮'],
    ['ＡＢＣ大厦', 'abc', '[ＡＢＣ]大厦'],
    ['第3号与第33号', '3号', '第[3号]与第33号'],
    ['cab and ab', 'ab', 'cab and [ab]'],
    ['路灯、不亮', '路灯不亮', '路灯、不亮'],
    ['路灯不亮', '路灯/不亮', '[路灯不亮]'],
    ['没有命中的文字', '别的', '没有命中的文字'],
    ['', '路', ''],
  ])('%s for %s: %s', (text, query, expected) => expect(words(text, query)).toBe(expected));

  test('cuts around the first hit and says so', () => {
    expect(words(`${'前'.repeat(30)}路灯${'后'.repeat(30)}`, '路灯', 12)).toBe(
      '…前前前[路灯]后后后后后后后…',
    );
    expect(words(`${'前'.repeat(30)}路灯`, '路灯', 12)).toBe('…前前前前前前前前前前[路灯]');
    expect(words('前'.repeat(30), '路灯', 12)).toBe('前前前前前前前前前前前前…');
  });

  test('every piece comes from the text, in order, within the length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.string({ maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        (text, query, length) => {
          const pieces = snippet(text, query, length);
          const joined = pieces
            .map((p) => p.text)
            .join('')
            .replace(/^…|…$/g, '');
          expect(text.replace(/\s+/g, ' ').trim()).toContain(joined.replace(/^…|…$/g, ''));
          expect([...joined].length).toBeLessThanOrEqual(length);
        },
      ),
    );
  });
});

describe('pinyin', () => {
  test.each([
    ['文明社区', 'wenmingshequ', 'wmsq'],
    ['2026年创建文明城市！', 'nianchuangjianwenmingchengshi', 'ncjwmcs'],
    ['绿地', 'lvdi', 'ld'],
    ['ABC', '', ''],
  ])('%s', (title, full, initials) => expect(pinyinOf(title)).toEqual({ full, initials }));

  test('the index holds every tail', () => {
    expect(pinyinTokens('文明社区')).toBe('wenmingshequ wmsq mingshequ msq shequ sq qu q');
    expect(pinyinTokens('')).toBe('');
  });
});
