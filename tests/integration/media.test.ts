import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Actor } from '#core/actor.ts';
import { freshStore } from '../support/store.ts';

const { dataDir, remove } = freshStore();
const { default: sharp } = await import('sharp');
const media = await import('#domains/media/service.ts');
const { dropFiles } = await import('#core/multipart.ts');
const { reader, closeStore } = await import('#core/store.ts');
const { write } = await import('#core/write.ts');
const { media: table } = await import('#db/schema/media.ts');

afterAll(() => {
  closeStore();
  remove();
});

let sent = 0;

/** A file as the form reader leaves it. */
function sending(name: string, bytes: Buffer | string, tooLarge = false) {
  sent += 1;
  const path = join(dataDir, `sent-${sent}`);
  writeFileSync(path, bytes);
  return { field: 'photos', name, path, bytes: bytes.length, tooLarge };
}

const LIMITS = { files: 6, fileBytes: 10 * 1024 * 1024, purpose: 'complaint' } as const;
const pictures = media.stagePictures(LIMITS);
const attachments = media.stageAttachments({ ...LIMITS, purpose: 'article' });

const photo = (width = 1200, height = 900) =>
  sharp({ create: { width, height, channels: 3, background: '#336655' } });

const goodPhoto = () =>
  photo()
    .withExif({ IFD0: { Copyright: 'someone' }, IFD3: { GPSLatitude: '31/1 0/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

test('a good photo among bad ones is kept, and each bad one is told what to do', async () => {
  const huge = await photo(16_000, 16_000).png({ compressionLevel: 9 }).toBuffer();
  const heic = Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from('ftypheic\0\0\0\0mif1heic'),
    Buffer.alloc(64),
  ]);
  const good = await goodPhoto();
  const { kept, problems } = await pictures(
    [
      sending('楼道.jpg', good),
      sending('巨大.png', huge),
      sending('IMG_1.HEIC', heic),
      sending('画.jpg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      sending('大.jpg', good, true),
      sending('半张.jpg', good.subarray(0, Math.floor(good.length / 2))),
    ],
    [],
  );
  expect(kept.map((file) => file.name)).toEqual(['楼道.jpg']);
  expect(problems).toHaveLength(5);
  expect(problems[0]).toContain('16000×16000');
  expect(problems[1]).toContain('HEIC');
  expect(problems[2]).toContain('JPG、PNG 或 WebP');
  expect(problems[3]).toContain('超过 10 MB');
  expect(problems[4]).toContain('半张.jpg');
});

test('a photo is turned upright, cut to the widths, and loses its metadata', async () => {
  const { kept } = await pictures([sending('横.jpg', await goodPhoto())], []);
  const row = await media.getMedia(kept[0]!.id, 'image');
  expect([row.width, row.height]).toEqual([900, 1200]);
  for (const width of [480, 960, 1600] as const) {
    for (const webp of [true, false]) {
      const made = await sharp(await media.readPicture(row, width, webp)).metadata();
      expect(made.format).toBe(webp ? 'webp' : 'jpeg');
      expect(made.width).toBe(Math.min(width, 900));
      expect(made.exif).toBeUndefined();
      expect(made.orientation).toBeUndefined();
    }
  }
});

test('no more files than the form takes; those kept from before count and need not be sent again', async () => {
  const first = await pictures([sending('一.jpg', await goodPhoto())], []);
  const files = await Promise.all(
    [2, 3, 4, 5, 6, 7].map(async (n) => sending(`${n}.jpg`, await goodPhoto())),
  );
  const { kept, problems } = await pictures(files, [first.kept[0]!.id, 'no-such-id']);
  expect(kept.map((file) => file.name)).toEqual(['一.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg', '6.jpg']);
  expect(problems).toEqual(['最多 6 张照片，“7.jpg”没有收下']);
});

test('staged pictures are taken into use once; a second taking is told so', async () => {
  const { kept } = await pictures([sending('一.jpg', await goodPhoto())], []);
  const ids = kept.map((file) => file.id);
  const adopt = () =>
    write.quiet((tx) => media.adoptMedia(tx, ids, { state: 'private', purpose: 'complaint' }));
  await adopt();
  await expect(adopt()).rejects.toMatchObject({ code: 'conflict' });
});

test.each([
  ['通知.pdf', Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF'), true],
  ['名单.txt', '第一行\n第二行', true],
  ['名单.csv', Buffer.from([0xc3, 0xfb, 0xb5, 0xa5, 0x2c, 0x31]), true],
  ['页面.txt', '<!doctype html><script>1</script>', false],
  ['通知.pdf', '只是文字', false],
  ['图.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>', false],
  ['程序.pdf', Buffer.from('MZ\u0090\0\u0003\0\0\0'), false],
  ['表.exe', Buffer.from('%PDF-1.7\n'), false],
])('attachment %s (%#)', async (name, bytes, taken) => {
  const { kept, problems } = await attachments([sending(name, bytes)], []);
  expect(kept.map((file) => file.name)).toEqual(taken ? [name] : []);
  expect(problems).toHaveLength(taken ? 0 : 1);
});

test('an empty zip is a zip, and an OFD is told from it by what it holds', async () => {
  const zip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
  const local = Buffer.concat([
    Buffer.from('504b03040a0000000000000000000000000000000000000000000700000', 'hex').subarray(0, 26),
    Buffer.from([7, 0, 0, 0]),
    Buffer.from('OFD.xml'),
    zip,
  ]);
  const { kept } = await attachments(
    [sending('文件.ofd', local), sending('假.ofd', zip), sending('包.zip', zip)],
    [],
  );
  expect(kept.map((file) => file.name)).toContain('文件.ofd');
  expect(kept.map((file) => file.name)).not.toContain('假.ofd');
});

const staff = (id: number, role: 'editor' | 'handler' | 'auditor') =>
  ({
    kind: 'staff',
    id,
    name: '某人',
    unitId: null,
    grants: [{ role, placeId: 1, placePath: '/1/', categories: null }],
  }) as unknown as Actor;

test('a private picture is for those whose work it is; a staged one only for its sender', async () => {
  const ofNoCase = () => Promise.reject(new Error('asked the case'));
  const see = (actor: Actor, of: Awaited<ReturnType<typeof media.getMedia>>) =>
    media.permitMedia(actor, of, ofNoCase);
  const { kept } = await media.stagePictures({ ...LIMITS, purpose: 'article', by: 7 as never })(
    [sending('一.jpg', await goodPhoto())],
    [],
  );
  const staged = await media.getMedia(kept[0]!.id, 'image');
  await see(staff(7, 'editor'), staged);
  await expect(see(staff(8, 'editor'), staged)).rejects.toMatchObject({ code: 'not_found' });
  const inUse = { ...staged, state: 'private' as const };
  await see(staff(8, 'editor'), inUse);
  await expect(see(staff(8, 'handler'), inUse)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(see({ kind: 'anonymous' }, inUse)).rejects.toMatchObject({ code: 'unauthenticated' });
  const ofCase = { ...inUse, purpose: 'complaint' as const };
  await expect(see(staff(8, 'editor'), ofCase)).rejects.toThrow('asked the case');
});

test('what was staged and never used is swept after a day, files too', async () => {
  const { kept } = await pictures([sending('一.jpg', await goodPhoto())], []);
  const id = kept[0]!.id;
  const folder = join(dataDir, 'media', id.slice(0, 2), id);
  expect(existsSync(folder)).toBe(true);
  await media.sweepStaged(new Date());
  expect(existsSync(folder)).toBe(true);
  await media.sweepStaged(new Date(Date.now() + 25 * 3_600_000));
  expect(existsSync(folder)).toBe(false);
  expect((await reader.select().from(table)).some((row) => row.id === id)).toBe(false);
});

test('the original is nowhere in the store, and a name never becomes a path', async () => {
  const file = sending('../../etc/名\u202egpj.jpg', await goodPhoto());
  const { kept } = await pictures([file], []);
  expect(kept[0]!.name).toBe('名gpj.jpg');
  await dropFiles([file]);
  expect(existsSync(file.path)).toBe(false);
  expect(
    readFileSync(join(dataDir, 'media', kept[0]!.id.slice(0, 2), kept[0]!.id, '480.webp')).length,
  ).toBeGreaterThan(0);
});
