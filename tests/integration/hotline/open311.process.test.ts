import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { TOTP } from 'otpauth';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settings, startServer, type TestServer } from '../../support/server.ts';
import { hiddenFields, Visitor } from '../../support/visitor.ts';

let server: TestServer;
let key: string;
let spot: { lat: string; long: string };

beforeAll(async () => {
  server = await startServer({ kind: 'demo' });
  const file = JSON.parse(readFileSync(join(server.dataDir, 'demo-accounts.json'), 'utf8'));
  key = file.open311Key;
  spot = { lat: String(file.samplePoint.lat), long: String(file.samplePoint.long) };
});
afterAll(() => server.stop());

interface Reply {
  status: number;
  headers: Headers;
  text: string;
}

async function ask(path: string, init: RequestInit = {}): Promise<Reply> {
  const answer = await fetch(`${server.origin}/open311/${path}`, { ...init, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const post = (path: string, fields: [string, string][] | Record<string, string>): Promise<Reply> =>
  ask(path, { method: 'POST', body: new URLSearchParams(fields) });

const LISTS = [
  'services',
  'service_requests',
  'service_request_updates',
  'errors',
  'attributes',
  'values',
  'endpoints',
  'formats',
  'notes',
  'photos',
];
const parser = new XMLParser({
  parseTagValue: false,
  ignoreDeclaration: true,
  isArray: (_name, path) => LISTS.includes(String(path).split('.').at(-2) ?? ''),
});

/** The entries of a list in XML, each value as text. */
function entries(xml: string): Record<string, string>[] {
  expect(XMLValidator.validate(xml)).toBe(true);
  const root = Object.values(parser.parse(xml))[0];
  return root === '' ? [] : (Object.values(root as object)[0] as Record<string, string>[]);
}

/** The contract's order of things, whatever the format. */
const shape = (value: unknown): string[] => Object.keys(value as object);

const REQUEST = [
  'service_request_id',
  'status',
  'status_notes',
  'service_name',
  'service_code',
  'description',
  'agency_responsible',
  'service_notice',
  'requested_datetime',
  'updated_datetime',
  'expected_datetime',
  'address',
  'address_id',
  'zipcode',
  'lat',
  'long',
  'media_url',
];

describe('every call in both formats', () => {
  test.each([
    ['discovery', 'discovery'],
    ['services', 'services'],
    ['services/STALL', 'service_definition'],
    ['requests', 'service_requests'],
    ['requests?extensions=true', 'service_requests'],
    ['servicerequestupdates', 'service_request_updates'],
  ])('%s', async (call, root) => {
    const [path, query = ''] = call.split('?');
    const xml = await ask(`${path}.xml?${query}`);
    expect([xml.status, xml.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(xml.text).toMatch(new RegExp(`^<\\?xml version="1\\.0" encoding="utf-8"\\?>\\n<${root}>`));
    expect(XMLValidator.validate(xml.text)).toBe(true);
    expect(xml.text).not.toMatch(/xmlns|<!DOCTYPE/);
    const json = await ask(`${path}.json?${query}`);
    expect([json.status, json.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    const body = JSON.parse(json.text);
    const isObject = root === 'discovery' || root === 'service_definition';
    expect(Array.isArray(body)).toBe(!isObject);
    if (!isObject) {
      expect(body.length).toBeGreaterThan(0);
      const inXml = entries(xml.text);
      expect(inXml).toHaveLength(body.length);
      expect(shape(inXml[0])).toEqual(shape(body[0]));
    }
    expect(json.text).not.toContain('""');
  });

  test('discovery lists its formats as a bare array of types', async () => {
    const { endpoints, changeset } = JSON.parse((await ask('discovery.json')).text);
    expect(endpoints).toHaveLength(1);
    expect(endpoints[0]).toMatchObject({
      formats: ['text/xml', 'application/json'],
      type: 'test',
      url: `${server.origin}/open311`,
    });
    expect(Number.isNaN(Date.parse(changeset))).toBe(false);
    expect((await ask('discovery.xml')).text).toContain(
      '<formats><format>text/xml</format><format>application/json</format></formats>',
    );
  });

  test('booleans, ids and coordinates have the types of the contract', async () => {
    const [service] = JSON.parse((await ask('services.json')).text);
    expect(service).toMatchObject({ service_code: 'STALL', metadata: true, type: 'realtime' });
    const definition = JSON.parse((await ask('services/MANHOLE.json')).text);
    expect(definition.service_code).toBe('MANHOLE');
    expect(definition.attributes[0]).toMatchObject({
      variable: false,
      required: false,
      order: 1,
      datatype_description: null,
    });
    expect(definition.attributes[1]).toMatchObject({
      variable: true,
      required: true,
      datatype: 'singlevaluelist',
    });
    expect(definition.attributes[1].values[0]).toEqual({ key: 'missing', name: '丢失' });
    expect((await ask('services/MANHOLE.xml')).text).toContain('<required>true</required>');
    expect((await ask('services/OTHER.xml')).text).toContain(
      '<service_code>OTHER</service_code><attributes/>',
    );
    const requests = JSON.parse((await ask('requests.json')).text);
    for (const request of requests) {
      expect(shape(request)).toEqual(REQUEST);
      expect(request.service_request_id).toMatch(/^A\d{4}-\d{5}$/);
      expect(['open', 'closed']).toContain(request.status);
      expect(request.lat === null || typeof request.lat === 'number').toBe(true);
      for (const name of ['requested_datetime', 'updated_datetime']) {
        expect(request[name]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      }
      for (const value of Object.values(request)) expect(value).not.toBe('');
    }
    const one = JSON.parse((await ask(`requests/${requests[0].service_request_id}.json`)).text);
    expect(one).toEqual([requests[0]]);
  });
});

describe('what is refused is told in the format that was asked for', () => {
  const wide = 'start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z';
  test.each([
    ['services/NOPE', 404],
    ['services?jurisdiction_id=elsewhere.gov', 404],
    ['requests/A2026-99999', 404],
    ['requests/638344', 404],
    ['requests?service_request_id=A2026-99999', 404],
    ['requests?service_code=001', 404],
    ['requests?status=pending', 400],
    [`requests?${wide}`, 400],
    ['requests?start_date=yesterday', 400],
    ['requests?lat_ne=1', 400],
    ['requests?page_size=1001', 400],
    [`servicerequestupdates?${wide}`, 400],
    ['tokens/A2026-00001', 404],
    ['nothing/here', 404],
  ])('%s → %i', async (call, status) => {
    const [path, query = ''] = call.split('?');
    const xml = await ask(`${path}.xml?${query}`);
    expect([xml.status, xml.headers.get('content-type')]).toEqual([status, 'text/xml; charset=utf-8']);
    expect(xml.headers.get('cache-control')).toBe('no-store');
    const [error] = entries(xml.text);
    expect(error).toEqual({ code: String(status), description: expect.stringMatching(/\S/) });
    const json = await ask(`${path}.json?${query}`);
    expect([json.status, json.headers.get('content-type')]).toEqual([
      status,
      'application/json; charset=utf-8',
    ]);
    expect(JSON.parse(json.text)[0]).toEqual({ code: status, description: error!.description });
  });

  const whole = () => ({ api_key: key, service_code: 'OTHER', ...spot, description: '门前积水' });
  test.each([
    ['no key', { api_key: '' }, 403, 'api_key'],
    ['a wrong key', { api_key: 'wrong' }, 403, 'api_key'],
    ['no service code', { service_code: '' }, 400, 'service_code'],
    ['an unknown service code', { service_code: '001' }, 404, 'service_code'],
    ['an unknown jurisdiction', { jurisdiction_id: 'elsewhere.gov' }, 404, 'jurisdiction_id'],
    ['no place', { lat: '', long: '' }, 400, 'lat'],
    ['half a point', { long: '' }, 400, 'long'],
    ['a point elsewhere', { lat: '0', long: '0' }, 400, 'lat'],
    ['no required attribute', { service_code: 'ENV' }, 400, 'attribute[NUISANCE]'],
    ['markup', { description: '<b>积水</b>' }, 400, 'description'],
  ])('%s', async (_, change, status, name) => {
    const xml = await post('requests.xml', { ...whole(), ...change });
    expect([xml.status, xml.headers.get('cache-control')]).toEqual([status, 'no-store']);
    expect(entries(xml.text)[0]!.description).toContain(name);
    const json = await post('requests.json', { ...whole(), ...change });
    expect([json.status, JSON.parse(json.text)[0].code]).toEqual([status, status]);
  });

  test('another format, another method, another type of body', async () => {
    const html = await ask('services.html');
    expect([html.status, html.headers.get('content-type')]).toEqual([404, 'text/xml; charset=utf-8']);
    const method = await post('services.json', {});
    expect([method.status, method.headers.get('allow'), JSON.parse(method.text)[0].code]).toEqual([
      405,
      'GET',
      405,
    ]);
    const body = await ask('requests.json', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect([body.status, JSON.parse(body.text)[0].code]).toEqual([400, 400]);
    const inAddress = await post(`requests.json?api_key=${key}`, { ...whole(), api_key: '' });
    expect(inAddress.status).toBe(403);
  });

  test('several things wrong are several errors', async () => {
    const { text } = await post('requests.json', { ...whole(), long: '', description: '字', media_url: 'x' });
    expect(JSON.parse(text)).toHaveLength(3);
  });
});

test('answers for everyone are kept, and undeclared parameters never reach them', async () => {
  for (let i = 0; i < 2; i += 1) await ask('services.xml?marker=zzz');
  const first = await ask('services.xml');
  expect(first.headers.get('etag')).toBeTruthy();
  expect(first.headers.get('cache-control')).toBe('no-cache');
  expect(first.text).not.toContain('zzz');
  const again = await ask('services.xml', { headers: { 'If-None-Match': first.headers.get('etag')! } });
  expect(again.status).toBe(304);
  const pages = [
    await ask('requests.json?page=1&page_size=1'),
    await ask('requests.json?page=2&page_size=1'),
  ];
  const ids = pages.map(({ text }) => JSON.parse(text)[0].service_request_id);
  expect(ids[0]).not.toBe(ids[1]);
});

test('a client of the FixMyStreet family: services, a request, its token, updates', async () => {
  const services = entries((await ask('services.xml')).text);
  const lamp = services.find(({ service_code }) => service_code === 'FACILITY')!;
  expect(lamp).toMatchObject({ metadata: 'true', group: '市政设施' });
  expect(services.find(({ keywords }) => keywords!.split(', ').includes('private'))!.service_code).toBe(
    'RIGHTS',
  );
  const definition = parser.parse((await ask('services/FACILITY.xml')).text).service_definition;
  const [item] = definition.attributes.attribute;
  const sent = await post('requests.xml', [
    ['api_key', key],
    ['jurisdiction_id', '127.0.0.1'],
    ['service_code', 'FACILITY'],
    ['lat', spot.lat],
    ['long', spot.long],
    ['address_string', '东门外'],
    ['description', '东门外的路灯不亮，已经三天'],
    ['first_name', '小明'],
    ['last_name', '王'],
    ['email', 'x@example.com'],
    ['media_url', 'https://a.example/1.jpg'],
    ['media_url', 'https://a.example/2.jpg'],
    [`attribute[${item.code}]`, item.values.value[1].key],
    ['attribute[easting]', '1'],
    ['attribute[fixmystreet_id]', '77'],
  ]);
  expect([sent.status, sent.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
  expect(sent.headers.get('cache-control')).toBe('no-store');
  const [receipt] = entries(sent.text);
  const id = receipt!.service_request_id!;
  expect(id).toMatch(/^A\d{4}-\d{5}$/);
  expect(receipt).not.toHaveProperty('token');
  expect((await ask(`requests/${id}.xml`)).status).toBe(404);
  expect((await ask(`tokens/${id}.xml`)).status).toBe(404);
  expect((await ask('requests.xml')).text).not.toContain(id);

  const env = settings({ DATA_DIR: server.dataDir, DEMO: '1' });
  execFileSync(process.execPath, ['tests/support/publish-case.ts', id, '东门外路灯不亮'], { env });
  await expect.poll(async () => (await ask(`requests/${id}.xml`)).status, { timeout: 5_000 }).toBe(200);
  const [shown] = entries((await ask(`requests/${id}.xml?extensions=true`)).text);
  expect(shown).toMatchObject({ service_request_id: id, status: 'open', description: '东门外路灯不亮' });
  expect(shown!.attributes).toMatchObject({ attribute: [{ code: item.code }] });
  expect((await ask(`requests/${id}.xml?extensions=true`)).text).not.toMatch(
    /王小明|已经三天|a\.example|x@example/,
  );

  const update = {
    api_key: key,
    jurisdiction_id: '127.0.0.1',
    service_request_id: id,
    update_id: '4711',
    updated_datetime: new Date().toISOString(),
    status: 'OPEN',
    description: '昨晚还是不亮',
    public_anonymity_required: 'FALSE',
    email_alerts_requested: 'TRUE',
    'attribute[x]': '1',
  };
  for (let i = 0; i < 2; i += 1) {
    const answer = await post('servicerequestupdates.xml', update);
    expect([answer.status, entries(answer.text)]).toEqual([200, [{ update_id: '4711' }]]);
  }
  expect((await post('servicerequestupdates.json', { ...update, api_key: 'x' })).status).toBe(403);
  expect((await post('servicerequestupdates.json', { ...update, status: '' })).status).toBe(400);
  const since = new Date(Date.now() - 2 * 3_600_000).toISOString();
  const polled = entries((await ask(`servicerequestupdates.xml?api_key=${key}&start_date=${since}`)).text);
  const own = polled.filter(({ service_request_id }) => service_request_id === id);
  expect(own.map(({ status }) => status)).toEqual(['open', 'open']);
  expect(JSON.stringify(own)).not.toContain('昨晚');
});

test('photographs come as files of a multipart body', async () => {
  const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#24507a' } })
    .jpeg()
    .toBuffer();
  const body = new FormData();
  const fields = { api_key: key, service_code: 'POSTER', ...spot, description: '墙上贴了小广告' };
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const name of ['photo1', 'photo2']) body.append(name, new Blob([new Uint8Array(jpeg)]), `${name}.jpg`);
  const sent = await ask('requests.json', { method: 'POST', body });
  expect(sent.status).toBe(200);
  expect(JSON.parse(sent.text)).toEqual([
    {
      service_request_id: expect.stringMatching(/^A\d{4}-\d{5}$/),
      service_notice: expect.stringContaining('诉求编号'),
      account_id: null,
    },
  ]);
  body.append('photo3', new Blob(['not a picture']), 'x.jpg');
  const refused = await ask('requests.json', { method: 'POST', body });
  expect([refused.status, JSON.parse(refused.text)[0].code]).toEqual([400, 400]);
});

test('the page for developers is there, and programs in a browser may read from other sites', async () => {
  const page = await fetch(`${server.origin}/open311/`);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect((await ask('services.json')).headers.get('access-control-allow-origin')).toBe('*');
  expect((await post('requests.json', {})).headers.get('access-control-allow-origin')).toBeNull();
});

test('a key given out at the desk opens the door until it is taken back', async () => {
  const { accounts } = JSON.parse(readFileSync(join(server.dataDir, 'demo-accounts.json'), 'utf8'));
  const { username, password, totpSecret } = accounts.find(
    ({ role }: { role: string }) => role === 'secAdmin',
  );
  const admin = new Visitor(server.origin, '');
  const send = async (path: string, having: string, fields: Record<string, string>) =>
    admin.post(path, { ...hiddenFields((await admin.get(path)).text, having), ...fields });
  const half = await send('/staff/sign-in', 'name="password"', { username, password });
  await send(half.location, 'name="code"', { code: new TOTP({ secret: totpSecret }).generate() });

  const page = '/staff/settings/open311';
  const issued = await send(page, 'value="issue"', { name: '随手拍' });
  const fresh = /<code[^>]*>([\w-]{32})<\/code>/.exec(issued.text)?.[1] ?? '';
  expect(fresh).not.toBe('');
  expect((await admin.get(page)).text).not.toContain(fresh);
  const filing = { api_key: fresh, service_code: 'OTHER', ...spot, description: '经新的密钥提交' };
  expect((await post('requests.json', filing)).status).toBe(200);
  const [form = ''] = /<form[^>]*>(?:(?!<\/form>)[\s\S])*随手拍/.exec((await admin.get(page)).text) ?? [];
  const id = /name="key" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const revoked = await send(page, 'value="revoke"', { key: id });
  expect([revoked.status, revoked.location]).toEqual([303, `${page}?ok=revoked`]);
  expect((await post('requests.json', { ...filing, description: '再来一次' })).status).toBe(403);
});
