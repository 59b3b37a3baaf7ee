import { readdirSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { articles } from '#db/demo/content/articles.ts';
import { bulletins } from '#db/demo/content/bulletins.ts';
import { districtColumns } from '#db/demo/content/columns.ts';
import { communityPages } from '#db/demo/content/communities.ts';
import { complaints } from '#db/demo/content/complaints.ts';
import { duties } from '#db/demo/content/duties.ts';
import { honors } from '#db/demo/content/honors.ts';
import { places } from '#db/demo/content/places.ts';
import { datedText, prose } from '#db/demo/content/prose.ts';
import { sceneAlts } from '#db/demo/content/scenes.ts';
import { about, accessibility, privacyPolicy, settings } from '#db/demo/content/settings.ts';
import { units } from '#db/demo/content/units.ts';
import { HONOR_CLASSES } from '#db/schema/honors.values.ts';
import type { CaseEvent, State } from '#db/schema/hotline.values.ts';
import { CATEGORIES, OUTCOMES, REFUSAL_CODES, STATES } from '#db/schema/hotline.values.ts';
import { SERIAL_KINDS } from '#db/schema/news.values.ts';
import { assertEvent, mayBePublic, nextState, originOf } from '#domains/hotline/rules.ts';
import { standardColumns } from '#domains/news/columns.ts';
import { legalMarkup } from '#domains/settings/legal/rules.ts';

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

const FICTIONAL_PHONE = /^1380000\d{4}$/;
const ALLOWED_TAGS =
  /^<\/?(?:p|h2|h3|ul|ol|li|blockquote|figure|figcaption|table|thead|tbody|tr|th|td|a|strong)(?: href="[^"]*")?>$/;

function expectPlainHtml(html: string, where: string): void {
  for (const tag of html.match(/<[^>]+>/g) ?? []) expect(tag, where).toMatch(ALLOWED_TAGS);
  expect(html.match(/1[3-9]\d{9}/g) ?? [], where).toEqual([]);
}

const sceneFiles = new Set(readdirSync(new URL('../../public/scenes/', import.meta.url)));

function expectScene(scene: string | undefined, where: string): void {
  if (scene === undefined) return;
  expect(sceneFiles.has(`${scene}.svg`) && sceneFiles.has(`${scene}.png`), where).toBe(true);
}

/** Minutes before the end of the day of loading. */
function age(moment: { daysAgo: number; at: string }): number {
  const [hours = 0, minutes = 0] = moment.at.split(':').map(Number);
  return (moment.daysAgo + 1) * 1440 - hours * 60 - minutes;
}

describe('complaints', () => {
  test('eighty, every state and category among them, and the rare kinds', () => {
    expect(complaints).toHaveLength(80);
    expect(new Set(complaints.map((each) => each.key)).size).toBe(80);
    expect(new Set(complaints.map((each) => each.state))).toEqual(new Set(STATES));
    expect(new Set(complaints.map((each) => each.category))).toEqual(new Set(CATEGORIES));
    expect(complaints.filter((each) => each.category === 'RIGHTS')).toHaveLength(2);
    expect(complaints.filter((each) => each.kind === 'tipoff')).toHaveLength(3);
    expect(complaints.filter((each) => each.photos).length).toBeGreaterThanOrEqual(20);
  });

  test.each(complaints.map((each) => [each.key, each] as const))(
    '%s: legal, in order, and it ends where it says',
    (_key, each) => {
      let state: State = 'filed';
      let last = age(each);
      const log: { event: CaseEvent; from: State }[] = [];
      for (const taken of each.history) {
        const from: State = state;
        assertEvent(from, taken.event, taken.by);
        state = nextState(from, taken.event, originOf(from, log));
        log.push({ event: taken.event, from });
        expect(age(taken)).toBeLessThanOrEqual(last);
        last = age(taken);
        expect(taken.daysAgo).toBeGreaterThan(0);
        expect(taken.publicText).not.toBe('');
        if (taken.unit) expect(unitKeys.has(taken.unit), taken.unit).toBe(true);
        if (taken.event === 'refuse') expect(REFUSAL_CODES as readonly string[]).toContain(taken.code);
        if (taken.event === 'followOk') expect(OUTCOMES as readonly string[]).toContain(taken.code);
        if (taken.event === 'merge') expect(complaints.some((other) => other.key === taken.code)).toBe(true);
      }
      expect(state).toBe(each.state);
      expect(placeKeys.has(each.place), each.place).toBe(true);
      if (each.phone) expect(each.phone).toMatch(FICTIONAL_PHONE);
      expect(each.body.match(/1[3-9]\d{9}/)).toBeNull();
      if (each.published) expect(mayBePublic(each)).toBe(true);
      if (each.title) expect(each.title.length).toBeLessThanOrEqual(60);
      for (const photo of each.photos ?? []) expectScene(photo.scene, each.key);
    },
  );
});

describe('articles', () => {
  test('a hundred and twenty over all sixteen columns, several of the last seven days, none of the day itself', () => {
    expect(articles).toHaveLength(120);
    expect(new Set(articles.map((each) => each.key)).size).toBe(120);
    expect(articles.filter((each) => each.daysAgo <= 7).length).toBeGreaterThanOrEqual(12);
    const columns = standardColumns('云汀').map((column) => column.id);
    const known = new Set([...columns, ...districtColumns.map((column) => column.id)]);
    for (const each of articles) expect(known.has(each.column), each.column).toBe(true);
    expect(Math.min(...articles.map((each) => each.daysAgo))).toBeGreaterThan(0);
    expect(Math.max(...articles.map((each) => each.daysAgo))).toBeLessThanOrEqual(730);
  });

  test('their references, scenes and HTML are sound', () => {
    const byKey = new Map(articles.map((each) => [each.key, each]));
    for (const each of articles) {
      expectPlainHtml(each.body, each.key);
      expectScene(each.scene, each.key);
      if (each.scene) expect(each.sceneAlt).toBeTruthy();
      expect(each.summary.length, each.key).toBeGreaterThan(0);
      expect(each.summary.length, each.key).toBeLessThanOrEqual(120);
      for (const key of each.related ?? []) expect(byKey.get(key)?.related, each.key).toContain(each.key);
    }
  });
});

describe('honours and bulletins', () => {
  test('36 honours: five classes of good people, families, courtyards, communities, units, without a phone or an address', () => {
    expect(honors).toHaveLength(36);
    expect(new Set(honors.map((each) => each.key)).size).toBe(36);
    const good = honors.filter((each) => each.kind === 'goodPeople');
    expect(new Set(good.map((each) => each.class))).toEqual(new Set(HONOR_CLASSES));
    for (const each of honors) {
      expect(placeKeys.has(each.place), each.key).toBe(true);
      expect(each.story.length, each.name).toBeGreaterThanOrEqual(150);
      expect(each.story.length, each.name).toBeLessThanOrEqual(400);
      expect(each.story).not.toMatch(/1[3-9]\d{9}/);
      expectScene(each.scene, each.key);
    }
  });

  test('24 bulletins, twelve of each series, no two of a series on one day', () => {
    expect(bulletins).toHaveLength(24);
    for (const kind of SERIAL_KINDS) {
      const days = bulletins.filter((each) => each.kind === kind).map((each) => each.daysAgo);
      expect(days).toHaveLength(12);
      expect(new Set(days).size).toBe(12);
    }
    for (const each of bulletins) expectPlainHtml(each.body, each.title);
  });
});

test('the texts about the site become plain HTML, and no official number stands in its settings', () => {
  for (const text of [about, privacyPolicy, accessibility]) expectPlainHtml(legalMarkup(text), 'settings');
  expect(
    [settings.hotlineNumber, settings.siteIdCode, settings.icpNumber, settings.policeNumber].join(''),
  ).toBe('');
});

test('every drawn scene is described, and the drawings weigh no more than three megabytes together', () => {
  const folder = new URL('../../public/scenes/', import.meta.url);
  const names = [...sceneFiles];
  expect(new Set(names.map((name) => name.replace(/\.(svg|png)$/, '')))).toEqual(
    new Set(Object.keys(sceneAlts)),
  );
  const bytes = names
    .map((name) => statSync(new URL(name, folder)).size)
    .reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeLessThanOrEqual(3 * 1024 * 1024);
});
