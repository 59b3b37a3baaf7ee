import { existsSync, readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { freshStore } from '../../support/store.ts';

const { dataDir, remove } = freshStore();
afterAll(remove);

const { handleForm } = await import('#core/forms.ts');
type FormState = import('#core/forms.ts').FormState;
const { newAnswer } = await import('#core/answer.ts');
const { checkbox, list, mobile, multiline, text } = await import('#core/fields.ts');
const { AppError } = await import('#core/errors.ts');
const { setClock } = await import('#core/clock.ts');
const { system } = await import('#core/actor.ts');
const { meta } = await import('#db/schema/core.ts');
const { reader } = await import('#core/store.ts');
const { write } = await import('#core/write.ts');

const Schema = z.object({
  title: text('标题', { max: 10 }),
  body: multiline('正文', { min: 2 }),
  phone: mobile('电话', { optional: true }),
  tags: list(text('标签')),
  agree: checkbox('请先同意'),
});

function page(init?: RequestInit) {
  const request = new Request('http://127.0.0.1/form?x=1', init);
  return {
    request,
    url: new URL(request.url),
    response: { headers: new Headers() } as { status?: number; headers: Headers },
    locals: { answer: newAnswer() },
  };
}

const post = (body: BodyInit, headers?: HeadersInit) =>
  page({ method: 'POST', body, ...(headers ? { headers } : {}) });

async function freshId(): Promise<string> {
  const form = await handleForm(page(), Schema, async () => null);
  return (form as FormState).id;
}

const good = { title: '路灯不亮', body: '三天了\r\n一直不亮', phone: '１３８ 0000 1234', agree: 'on' };
const sent = (id: string, fields: Record<string, string> = good) =>
  new URLSearchParams({ _form: id, ...fields });

const rows = async (): Promise<number> => (await reader.select().from(meta)).length;
const save = (key: string) =>
  write(system('test'), 'test.form', async (tx, change) => {
    await tx.insert(meta).values({ key, value: 'x' });
    change.note('meta', key);
    change.answer(`/receipt/${key}`);
  });

describe('a form', () => {
  test('is read kindly: lists, tick boxes, full-width digits, line ends', async () => {
    const fields = sent(await freshId());
    fields.append('tags', '甲');
    fields.append('tags', '乙');
    let seen: unknown = null;
    const answer = await handleForm(post(fields), Schema, async (data) => {
      seen = data;
      return '/done';
    });
    expect((answer as Response).status).toBe(303);
    expect((answer as Response).headers.get('Location')).toBe('/done');
    expect(seen).toEqual({
      title: '路灯不亮',
      body: '三天了\n一直不亮',
      phone: '13800001234',
      tags: ['甲', '乙'],
      agree: true,
    });
  });

  test('comes back filled, with each error at its field and status 422', async () => {
    const it = post(sent(await freshId(), { title: '一二三四五六七八九十一', body: '', phone: '123' }));
    const form = (await handleForm(it, Schema, async () => '/never')) as FormState;
    expect(it.response.status).toBe(422);
    expect(form.errors).toEqual({
      title: '标题最多 10 个字，现在有 11 个字',
      body: '请填写正文',
      phone: '电话应为 11 位手机号，例如 13812345678',
      agree: '请先同意',
    });
    expect(form.value('title')).toBe('一二三四五六七八九十一');
    expect(form.failed).toBe(true);
  });

  test.each([
    ['a NUL', '路\u0000灯'],
    ['bytes that are no UTF-8', '路\ufffd灯'],
    ['a control character', '路\u0007灯'],
  ])('refuses %s with words', async (_name, title) => {
    const form = (await handleForm(
      post(sent(await freshId(), { ...good, title })),
      Schema,
      async () => '/never',
    )) as FormState;
    expect(form.errors.title).toBe('标题里有无法识别的字符，请删去后重新输入');
  });

  test('refuses another content type without reading it', async () => {
    const json = post('{}', { 'Content-Type': 'application/json' });
    await expect(handleForm(json, Schema, async () => '/never')).rejects.toMatchObject({ code: 'invalid' });
    const boundless = post('x', { 'Content-Type': 'multipart/form-data' });
    await expect(handleForm(boundless, Schema, async () => '/never')).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  test('sent again is led to the first answer and changes nothing', async () => {
    const id = await freshId();
    const send = (key: string) =>
      handleForm(post(sent(id)), Schema, async () => {
        await save(key);
        return `/receipt/${key}`;
      }) as Promise<Response>;
    const before = await rows();
    const first = await send('first');
    const second = await send('second');
    expect(first.headers.get('Location')).toBe('/receipt/first');
    expect(second.headers.get('Location')).toBe('/receipt/first');
    expect(await rows()).toBe(before + 1);
  });

  test('sent 20 times at once is carried out once', async () => {
    const id = await freshId();
    const before = await rows();
    const answers = (await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        handleForm(post(sent(id)), Schema, async () => {
          await save(`at-once-${n}`);
          return `/receipt/at-once-${n}`;
        }),
      ),
    )) as Response[];
    expect(new Set(answers.map((answer) => answer.headers.get('Location'))).size).toBe(1);
    expect(await rows()).toBe(before + 1);
  });

  test('older than 24 hours, or with an id that is not ours, comes back filled', async () => {
    const id = await freshId();
    setClock(() => new Date(Date.now() + 25 * 3_600_000));
    const old = (await handleForm(post(sent(id)), Schema, async () => '/never')) as FormState;
    setClock(null);
    expect(old.message).toContain('超过 24 小时');
    expect(old.value('body')).toContain('三天了');
    const foreign = (await handleForm(post(sent('abc.def.ghi')), Schema, async () => '/never')) as FormState;
    expect(foreign.message).toContain('再提交一次');
    expect(foreign.id).not.toBe(id);
  });

  test('shows what a service refused beside its field and with its status', async () => {
    const it = post(sent(await freshId()));
    const form = (await handleForm(it, Schema, async () => {
      throw new AppError('conflict', '这一项刚被他人更新，请刷新后重试。', { title: '已有同名' });
    })) as FormState;
    expect(it.response.status).toBe(409);
    expect(form.errors.title).toBe('已有同名');
    expect(form.message).toContain('刷新');
  });

  test('of several on a page handles the one that was sent', async () => {
    const id = await freshId();
    const it = post(new URLSearchParams({ _form: id, _form_name: 'b', ...good }));
    const ran: string[] = [];
    for (const name of ['a', 'b']) {
      await handleForm(
        it,
        Schema,
        async () => {
          ran.push(name);
          return null;
        },
        { name },
      );
    }
    expect(ran).toEqual(['b']);
  });

  test('a tick box sent empty is not ticked', async () => {
    const form = await handleForm(
      post(sent(await freshId(), { ...good, agree: '' })),
      Schema,
      async () => '/never',
    );
    expect((form as FormState).errors).toEqual({ agree: '请先同意' });
  });

  test('one file too many reaches whoever takes them in, to be named', async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...good, _form: await freshId() })) body.append(name, value);
    for (const name of ['1.jpg', '2.jpg', '3.jpg', '4.jpg']) body.append('photos', new File(['x'], name));
    const form = await handleForm(post(body), Schema, async () => '/never', {
      files: {
        field: 'photos',
        limits: { fileBytes: 100, files: 2 },
        stage: async (files) => ({ kept: [], problems: files.slice(2).map(({ name }) => name) }),
      },
    });
    expect((form as FormState).errors).toEqual({ photos: '3.jpg' });
  });

  test('takes files to the temporary folder and leaves none behind', async () => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...good, _form: await freshId() })) body.append(name, value);
    body.append('photos', new File(['x'.repeat(50)], '楼道.jpg', { type: 'image/jpeg' }));
    body.append('photos', new File(['y'.repeat(200)], '大.jpg', { type: 'image/jpeg' }));
    body.append('photos', new File([], ''));
    const seen: unknown[] = [];
    const form = await handleForm(
      post(body),
      Schema,
      async (_data, kept) => (kept.length === 1 ? '/done' : null),
      {
        files: {
          field: 'photos',
          limits: { fileBytes: 100, files: 6 },
          stage: async (files) => {
            seen.push(
              ...files.map(({ name, bytes, tooLarge, path }) => ({
                name,
                bytes,
                tooLarge,
                there: existsSync(path),
              })),
            );
            return { kept: [{ id: 'm1', name: '楼道.jpg' }], problems: [] };
          },
        },
      },
    );
    expect((form as Response).status).toBe(303);
    expect(seen).toMatchObject([
      { name: '楼道.jpg', bytes: 50, tooLarge: false, there: true },
      { name: '大.jpg', tooLarge: true, there: true },
    ]);
    expect(readdirSync(`${dataDir}/tmp`)).toEqual([]);
  });
});
