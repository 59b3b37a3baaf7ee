import { describe, expect, test } from 'vitest';
import { communityPages } from '#db/demo/content/communities.ts';
import { duties } from '#db/demo/content/duties.ts';
import { places } from '#db/demo/content/places.ts';
import { datedText, prose } from '#db/demo/content/prose.ts';
import { units } from '#db/demo/content/units.ts';

const placeKeys = new Set(places.map((place) => place.key));
const unitKeys = new Set(units.map((unit) => unit.key));
const level = (wanted: string): number => places.filter((place) => place.level === wanted).length;

describe('places and units', () => {
  test('a city of 2 districts, 5 streets and towns, 14 communities with 4 to 6 buildings each', () => {
    expect(level('district')).toBe(2);
    expect(level('street')).toBe(5);
    expect(level('community')).toBe(14);
    for (const community of places.filter((place) => place.level === 'community')) {
      const grids = places.filter((place) => place.parent === community.key).map((grid) => grid.key);
      const buildings = places.filter((place) => place.parent !== null && grids.includes(place.parent));
      expect(buildings.length, community.name).toBeGreaterThanOrEqual(3);
      expect(buildings.length, community.name).toBeLessThanOrEqual(6);
    }
  });

  test('keys, codes and names of communities are unique, parents come first', () => {
    expect(placeKeys.size).toBe(places.length);
    expect(new Set(places.map((place) => place.code)).size).toBe(places.length);
    expect(unitKeys.size).toBe(units.length);
    const seen = new Set<string>();
    for (const place of places) {
      if (place.parent !== null) expect(seen.has(place.parent)).toBe(true);
      seen.add(place.key);
    }
  });

  test('units, duties and community pages stand in places that exist', () => {
    for (const unit of units) expect(placeKeys.has(unit.place), unit.key).toBe(true);
    for (const duty of duties) {
      expect(placeKeys.has(duty.place), duty.place).toBe(true);
      expect(duty.phone).toMatch(/^1380000\d{4}$/);
    }
    expect(new Set(duties.map((duty) => duty.person)).size).toBe(duties.length);
    expect(communityPages.map((page) => page.place).sort()).toEqual(
      places
        .filter((place) => place.level === 'community')
        .map((place) => place.key)
        .sort(),
    );
    for (const page of communityPages)
      for (const answer of page.answers) expect(unitKeys.has(answer.unit), answer.unit).toBe(true);
  });
});

describe('prose', () => {
  test('lines become headings, lists, quotations and paragraphs', () => {
    expect(prose('一\n## 二\n- 三\n- 四\n1. 五\n> 六\n<table></table>')).toBe(
      '<p>一</p>\n<h2>二</h2>\n<ul>\n<li>三</li>\n<li>四</li>\n</ul>\n<ol>\n<li>五</li>\n</ol>\n<blockquote><p>六</p></blockquote>\n<table></table>',
    );
  });

  test('date marks are counted from the text’s own day, across a year’s end', () => {
    expect(datedText('{d}至{d+7}，云创〔{y}〕3号，{d-1}', '2027-12-30')).toBe(
      '12月30日至1月6日，云创〔2027〕3号，12月29日',
    );
  });
});
