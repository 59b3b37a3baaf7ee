import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors.ts';
import { CATEGORIES, STATES } from '#db/schema/hotline.values.ts';
import type { PlaceId } from '#db/schema/ids.ts';
import { CATEGORY_INFO } from '#domains/hotline/categories.ts';
import { DEFAULT_LIMITS } from '#domains/hotline/clocks.ts';
import {
  answerCodes,
  answersIn,
  answersInWords,
  readAnswers,
} from '#domains/hotline/open311/answers/rules.ts';
import { Problems } from '#domains/hotline/open311/arguments.ts';
import {
  describe as describeError,
  errorDocument,
  render,
  statusOf,
} from '#domains/hotline/open311/documents/rules.ts';
import { readRequest } from '#domains/hotline/open311/filing/input.ts';
import { fullName, kilometres, placeAt, placeNamed } from '#domains/hotline/open311/filing/rules.ts';
import { parseMoment, readSpan, w3c } from '#domains/hotline/open311/instants.ts';
import { readFilter, readIds } from '#domains/hotline/open311/requests/input.ts';
import {
  extendedStatus,
  hopLine,
  statusOf as openOrClosed,
  statusNotes,
} from '#domains/hotline/open311/requests/rules.ts';
import { attributesOf, serviceEntries } from '#domains/hotline/open311/services/rules.ts';
import { readUpdate } from '#domains/hotline/open311/updates/input.ts';

const CATALOGUE = { info: CATEGORY_INFO, limits: DEFAULT_LIMITS };
const NOW = new Date('2026-03-04T01:00:00Z');
const params = (query: string) => new URLSearchParams(query);

function errorOf(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('documents', () => {
  const document = {
    root: 'service_requests',
    body: [
      {
        service_request_id: '001',
        lat: 26.1,
        zipcode: null,
        address: '',
        token: undefined,
        media_url: 'a&b<c>"d"',
      },
    ],
  };

  test('JSON leaves the root out, keeps ids as strings, numbers as numbers, empty as null', () => {
    expect(JSON.parse(render(document, 'json'))).toEqual([
      { service_request_id: '001', lat: 26.1, zipcode: null, address: null, media_url: 'a&b<c>"d"' },
    ]);
  });

  test('XML begins with its declaration, names what a list repeats, has no namespace', () => {
    const xml = render(document, 'xml');
    expect(xml).toMatch(
      /^<\?xml version="1\.0" encoding="utf-8"\?>\n<service_requests><request><service_request_id>001</,
    );
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).toContain('<zipcode/><address/><media_url>a&amp;b&lt;c&gt;"d"</media_url>');
    expect(xml).not.toContain('xmlns');
    expect(new XMLParser({ parseTagValue: false }).parse(xml).service_requests.request.media_url).toBe(
      'a&b<c>"d"',
    );
  });

  test('an empty list is an empty element and an empty array', () => {
    const none = { root: 'services', body: [] };
    expect(render(none, 'xml')).toContain('<services/>');
    expect(render(none, 'json')).toBe('[]');
  });

  test('what XML cannot hold is left out, line breaks stay', () => {
    const xml = render(
      { root: 'errors', body: [{ code: 400, description: 'a\u0000b\u000bc\ud800d\ne\rf😀' }] },
      'xml',
    );
    expect(xml).toContain('<description>abcd\ne&#13;f😀</description>');
    expect(XMLValidator.validate(xml)).toBe(true);
  });

  test('a list of unknown items is a mistake of ours', () => {
    expect(() => render({ root: 'service_definition', body: { things: ['a'] } }, 'xml')).toThrow('things');
  });

  test('errors name every argument, by the statuses of the contract', () => {
    const error = new AppError('invalid', 'x', { lat: '缺少', long: '不对' });
    expect(statusOf(error)).toBe(400);
    expect(statusOf(new AppError('forbidden', ''))).toBe(403);
    expect(statusOf(new AppError('not_found', ''))).toBe(404);
    expect(statusOf(new AppError('conflict', ''))).toBe(400);
    expect(statusOf(new AppError('rate_limited', ''))).toBe(429);
    expect(JSON.parse(render(errorDocument(400, describeError(error)), 'json'))).toEqual([
      { code: 400, description: 'lat：缺少' },
      { code: 400, description: 'long：不对' },
    ]);
    expect(describeError(new AppError('not_found', '没有'))).toEqual(['没有']);
  });
});

describe('instants', () => {
  test.each([
    ['2026-03-04T09:00:00+08:00', '2026-03-04T01:00:00Z'],
    ['2026-03-04T09:00:00 08:00', '2026-03-04T01:00:00Z'],
    ['2026-03-04T09:00:00+0800', '2026-03-04T01:00:00Z'],
    ['2026-03-04T01:00:00Z', '2026-03-04T01:00:00Z'],
    ['2026-03-04T01:00:00.123Z', '2026-03-04T01:00:00Z'],
    ['2026-03-03T20:00:00-05:00', '2026-03-04T01:00:00Z'],
    ['2026-03-04T09:00', '2026-03-04T01:00:00Z'],
    ['2026-03-04', '2026-03-03T16:00:00Z'],
  ])('%s', (text, instant) => {
    expect(w3c(parseMoment(text)?.at ?? new Date(0))).toBe(instant);
  });

  test.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-03-04T25:00:00Z', '04/03/2026', '2026-3-4'])(
    'no moment: %s',
    (text) => expect(parseMoment(text)).toBeNull(),
  );

  const span = (query: string) => {
    const problems = new Problems();
    const read = readSpan(params(query), NOW, problems);
    problems.assertNone();
    return [w3c(read.from), w3c(read.to)];
  };

  test('without dates the last 90 days, with one of them 90 days from it', () => {
    expect(span('')).toEqual(['2025-12-04T01:00:00Z', '2026-03-04T01:00:00Z']);
    expect(span('start_date=')).toEqual(span(''));
    expect(span('start_date=2026-01-01T00:00:00Z')[1]).toBe('2026-04-01T00:00:00Z');
    expect(span('end_date=2026-04-01T00:00:00Z')[0]).toBe('2026-01-01T00:00:00Z');
  });

  test('90 days are allowed, a second more is not; days without a time count whole', () => {
    expect(span('start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:00Z')).toHaveLength(2);
    const wide = errorOf(() => span('start_date=2026-01-01T00:00:00Z&end_date=2026-04-01T00:00:01Z'));
    expect(wide).toMatchObject({ code: 'invalid', fields: { start_date: expect.stringContaining('90') } });
    expect(span('start_date=2026-03-01&end_date=2026-03-01')).toEqual([
      '2026-02-28T16:00:00Z',
      '2026-03-01T15:59:59Z',
    ]);
  });

  test('backwards and senseless dates are named', () => {
    expect(errorOf(() => span('start_date=2026-03-02&end_date=2026-03-01')).fields).toHaveProperty(
      'end_date',
    );
    expect(errorOf(() => span('start_date=x&end_date=y')).fields).toMatchObject({
      start_date: expect.any(String),
      end_date: expect.any(String),
    });
  });
});

describe('the filters of the list', () => {
  const filter = (query: string) => readFilter(params(query), NOW);

  test('without any: 1000 rows of everything', () => {
    expect(filter('')).toMatchObject({ codes: null, status: null, box: null, limit: 1000, offset: 0 });
  });

  test('pages', () => {
    expect(filter('page=3')).toMatchObject({ limit: 50, offset: 100 });
    expect(filter('page_size=10')).toMatchObject({ limit: 10, offset: 0 });
    expect(filter('page=2&page_size=1000')).toMatchObject({ limit: 1000, offset: 1000 });
    for (const query of ['page=0', 'page=-1', 'page=x', 'page_size=1001', 'page_size=0', 'page=1.5']) {
      expect(statusOf(errorOf(() => filter(query)))).toBe(400);
    }
  });

  test('statuses and codes, comma separated', () => {
    expect(filter('status=open').status).toBe('open');
    expect(filter('status=open,closed').status).toBeNull();
    expect(filter('service_code=STALL,DRAIN').codes).toEqual(['STALL', 'DRAIN']);
    expect(filter('service_code=').codes).toBeNull();
    expect(statusOf(errorOf(() => filter('status=pending')))).toBe(400);
    expect(statusOf(errorOf(() => filter('service_code=STALL,NOPE')))).toBe(404);
  });

  test('a box needs its four sides, in order', () => {
    expect(filter('lat_ne=27&long_ne=120&lat_sw=26&long_sw=119').box).toEqual({
      northEast: { lat: 27, long: 120 },
      southWest: { lat: 26, long: 119 },
    });
    for (const query of [
      'lat_ne=27',
      'lat_ne=27&long_ne=120',
      'lat_ne=27&long_ne=120&lat_sw=26',
      'lat_ne=26&long_ne=120&lat_sw=27&long_sw=119',
      'lat_ne=27&long_ne=119&lat_sw=26&long_sw=120',
      'lat_ne=91&long_ne=120&lat_sw=26&long_sw=119',
      'lat_ne=1e1&long_ne=120&lat_sw=26&long_sw=119',
    ]) {
      expect(statusOf(errorOf(() => filter(query)))).toBe(400);
    }
  });

  test('ids in their true form; what is none drops out', () => {
    expect(readIds(params(''))).toBeNull();
    expect(readIds(params('service_request_id=A2026-00001, a2026-00002,x,'))).toEqual([
      'A2026-00001',
      'A2026-00002',
    ]);
    const many = Array.from({ length: 1001 }, (_, i) => `A2026-${String(i + 1).padStart(5, '0')}`).join(',');
    expect(statusOf(errorOf(() => readIds(params(`service_request_id=${many}`))))).toBe(400);
  });
});

describe('services', () => {
  const entries = serviceEntries(CATALOGUE) as Record<string, unknown>[];

  test('every category once, metadata only where there are questions', () => {
    expect(entries.map((entry) => entry.service_code)).toEqual([...CATEGORIES]);
    for (const entry of entries) {
      const code = entry.service_code as (typeof CATEGORIES)[number];
      expect(entry.metadata).toBe(attributesOf(code, CATALOGUE).length > 0);
      expect(entry.group).not.toBe('');
      expect(entry.type).toBe('realtime');
    }
    expect(entries.find((entry) => entry.service_code === 'OTHER')?.metadata).toBe(false);
  });

  test('rights are marked as never to be shown', () => {
    const marked = entries.filter((entry) => String(entry.keywords).split(', ').includes('private'));
    expect(marked.map((entry) => entry.service_code)).toEqual(['RIGHTS']);
  });

  test('each circumstance that changes a limit is asked for', () => {
    const codes = (code: (typeof CATEGORIES)[number]) =>
      attributesOf(code, CATALOGUE).map((each) => each.code);
    expect(codes('STALL')).toContain('BLOCKING');
    expect(codes('PARKING')).toContain('FIRELANE');
    expect(codes('PILE')).toEqual(['FIRELANE', 'RUBBLE']);
    expect(codes('POSTER')).toEqual([]);
  });
});

describe('answers to the questions', () => {
  const read = (code: (typeof CATEGORIES)[number], query: string) => {
    const problems = new Problems();
    const answers = readAnswers(attributesOf(code, CATALOGUE), params(query), problems);
    problems.assertNone();
    return answers;
  };

  test('one value, several in either way of writing, text', () => {
    expect(answersInWords(read('STALL', 'attribute[BLOCKING]=yes&attribute[HOURS]=每天傍晚'))).toEqual([
      '是否阻断交通？是',
      '一般在什么时间？每天傍晚',
    ]);
    const both = [
      'attribute[NUISANCE][]=noise&attribute[NUISANCE][]=fume',
      'attribute[NUISANCE]=fume&attribute[NUISANCE]=noise',
    ];
    for (const query of both)
      expect(answerCodes(read('ENV', query))).toEqual({ 'attribute.NUISANCE': 'fume noise' });
  });

  test('what is required, unknown or wrong is named; what nobody asked for is left out', () => {
    expect(errorOf(() => read('ENV', '')).fields).toEqual({ 'attribute[NUISANCE]': expect.any(String) });
    expect(errorOf(() => read('ENV', 'attribute[NUISANCE]=')).fields).toHaveProperty('attribute[NUISANCE]');
    expect(errorOf(() => read('ENV', 'attribute[NUISANCE]=smell')).fields).toHaveProperty(
      'attribute[NUISANCE]',
    );
    expect(errorOf(() => read('STALL', 'attribute[BLOCKING]=yes&attribute[BLOCKING]=no')).code).toBe(
      'invalid',
    );
    expect(errorOf(() => read('POULTRY', 'attribute[COUNT]=many')).fields).toHaveProperty('attribute[COUNT]');
    expect(errorOf(() => read('ENV', 'attribute[NUISANCE]=gas&attribute[SINCE]=long ago')).code).toBe(
      'invalid',
    );
    expect(read('STALL', 'attribute[easting]=1&attribute[fixmystreet_id]=2')).toEqual([]);
    expect(read('MANHOLE', 'attribute[CONDITION]=loose&attribute[CAUTION]=x')).toHaveLength(1);
  });

  test('what was kept as codes is read back as long as it is asked for', () => {
    const questions = attributesOf('ENV', CATALOGUE);
    const [answer] = answersIn({ code: 'open311', 'attribute.NUISANCE': 'fume noise' }, questions);
    expect(answer?.chosen.map(({ name }) => name)).toEqual(['油烟', '噪声']);
    expect(answersIn({ 'attribute.GONE': 'x' }, questions)).toEqual([]);
  });
});

describe('a request', () => {
  const read = (query: string) => readRequest(params(query), 'OTHER', []);

  test.each([
    ['', ['lat']],
    ['lat=26.1', ['long']],
    ['long=119.3', ['lat']],
    ['lat=abc&long=119.3', ['lat']],
    ['lat=91&long=181', ['lat', 'long']],
    ['address_string=x&description=<b>x</b>', ['description']],
    ['address_string=x&description=<!-- x', ['description']],
    [`address_string=x&description=${'字'.repeat(4001)}`, ['description']],
    ['address_string=x&description=字', ['description']],
    ['address_string=x&media_url=javascript:alert(1)', ['media_url']],
  ])('%s', (query, names) => {
    expect(Object.keys(errorOf(() => read(query)).fields)).toEqual(names);
  });

  test('is read whole', () => {
    const sent = read(
      'lat=26.1&long=119.3&address_string=石桥路&description=气温<5度，路滑&first_name=小明&last_name=王&phone=138 0000 0001&account_id=7&media_url=https://a.example/1.jpg&media_url=https://a.example/2.jpg&device_id=x',
    );
    expect(sent).toMatchObject({
      point: { lat: 26.1, long: 119.3 },
      address: '石桥路',
      description: '气温<5度，路滑',
      name: '王小明',
      phone: '13800000001',
      accountId: '7',
      mediaUrls: ['https://a.example/1.jpg', 'https://a.example/2.jpg'],
      dropped: [],
    });
  });

  test('an unusable phone and an e-mail address cost nobody his complaint', () => {
    const sent = read(
      'address_string=x&phone=111111111&email=smit333%40sfgov.edu&first_name=john&last_name=smith',
    );
    expect(sent).toMatchObject({ phone: '', name: 'smith john', dropped: ['phone', 'email'] });
  });

  test('names', () => {
    expect(fullName('', '')).toBe('');
    expect(fullName('小明', '')).toBe('小明');
  });
});

describe('where a point belongs', () => {
  const centre = (n: number, lat: number | null, lng: number | null) => ({ id: n as PlaceId, lat, lng });
  const communities = [centre(4, 26.1, 119.3), centre(5, 26.2, 119.3), centre(6, null, null)];

  test('a degree of latitude is 111 km', () => {
    expect(kilometres({ lat: 26, long: 119 }, { lat: 27, long: 119 })).toBeCloseTo(111.2, 1);
  });

  test.each([
    [26.11, 119.3, 4],
    [26.19, 119.3, 5],
    [26.5, 119.3, 'city'],
    [39.9, 116.4, 'outside'],
    [0, 0, 'outside'],
  ])('%s, %s', (lat, long, place) => {
    expect(placeAt({ lat, long }, communities)).toBe(place);
  });

  test('without centres nothing is outside', () => {
    expect(placeAt({ lat: 0, long: 0 }, [centre(4, null, null)])).toBe('city');
  });

  test('an address names its community, the longest name first', () => {
    const named = [
      { id: 4 as PlaceId, name: '石桥社区' },
      { id: 5 as PlaceId, name: '新石桥社区' },
    ];
    expect(placeNamed('柳岸街道新石桥社区东门', named)).toBe(5);
    expect(placeNamed('人民路', named)).toBeNull();
  });
});

describe('statuses', () => {
  test('every state is open or closed, and has an extended word', () => {
    const none = { outcome: null, refusalCode: null };
    const told = Object.fromEntries(
      STATES.map((state) => [state, [openOrClosed(state), extendedStatus(state, none)]]),
    );
    expect(told).toMatchObject({
      filed: ['open', 'open'],
      needs_info: ['open', 'open'],
      handling: ['open', 'in_progress'],
      redo: ['open', 'reopen'],
      follow_up: ['open', 'open'],
      closed: ['closed', 'closed'],
      merged: ['closed', 'duplicate'],
      referred: ['closed', 'not_councils_responsibility'],
      refused: ['closed', 'no_further_action'],
      withdrawn: ['closed', 'cancelled'],
    });
  });

  test('the notes say the state, the outcome, and the answer or the last reason', () => {
    const c = { referredTo: null, mergedInto: null, outcome: null, refusalCode: null };
    const hop = {
      event: 'refuse',
      title: '不予受理，已告知理由',
      at: NOW,
      text: '请拨打 95598。',
      state: 'done',
    } as const;
    expect(statusNotes({ ...c, state: 'handling' }, null, [])).toBe('办理中');
    expect(statusNotes({ ...c, state: 'refused' }, null, [hop])).toBe('不予受理：请拨打 95598。');
    expect(statusNotes({ ...c, state: 'closed', outcome: 'explained' }, '不在规划内。', [hop])).toBe(
      '已办结（已解释说明）：不在规划内。',
    );
    expect(statusNotes({ ...c, state: 'redo', outcome: 'fixed' }, null, [])).toBe('重新办理');
    expect(statusNotes({ ...c, state: 'merged', mergedInto: 'A2026-00001' }, null, [])).toBe(
      '已并入 A2026-00001',
    );
    expect(statusNotes({ ...c, state: 'merged' }, null, [])).toBe('已并入');
    expect(statusNotes({ ...c, state: 'referred', referredTo: '供电公司' }, null, [])).toBe('已转供电公司');
    expect(hopLine({ ...hop, by: '城市管理局' })).toBe('不予受理，已告知理由（城市管理局）：请拨打 95598。');
  });

  test('only what was put right is fixed', () => {
    expect(extendedStatus('closed', { outcome: 'fixed', refusalCode: null })).toBe('fixed');
    expect(extendedStatus('closed', { outcome: 'explained', refusalCode: null })).toBe('closed');
    expect(extendedStatus('refused', { outcome: null, refusalCode: 'notGov' })).toBe(
      'not_councils_responsibility',
    );
  });
});

describe('an update', () => {
  const whole =
    'service_request_id=A2026-00001&update_id=9&status=OPEN&updated_datetime=2026-03-04T09:00:00%2B08:00&description=还没有来';

  test('is read', () => {
    expect(readUpdate(params(whole))).toMatchObject({ number: 'A2026-00001', updateId: '9', status: 'open' });
  });

  test('every missing argument is named', () => {
    expect(Object.keys(errorOf(() => readUpdate(params(''))).fields)).toEqual([
      'service_request_id',
      'update_id',
      'status',
      'updated_datetime',
      'description',
    ]);
  });

  test.each([
    ['status=OPEN', 'status=DONE', 400],
    ['2026-03-04T09:00:00%2B08:00', 'now', 400],
    ['A2026-00001', '638344', 404],
  ])('%s → %s', (from, to, status) => {
    expect(statusOf(errorOf(() => readUpdate(params(whole.replace(from, to)))))).toBe(status);
  });
});
