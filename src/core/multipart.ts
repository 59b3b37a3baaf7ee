import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { env } from './env.ts';
import { AppError } from './errors.ts';
import { randomToken } from './ids.ts';

/** A file as it was sent, lying in the temporary folder until the request ends. */
export interface SentFile {
  field: string;
  /** The sender's name for it; for display only, never a path. */
  name: string;
  path: string;
  bytes: number;
  /** Larger than allowed: what lies at `path` is incomplete. */
  tooLarge: boolean;
}

export interface Sent {
  fields: URLSearchParams;
  files: SentFile[];
}

export interface SentLimits {
  /** Bytes of one file; a larger one is cut and marked. */
  fileBytes: number;
  /** How many are meant to come; one more is let through, the rest are dropped. */
  files: number;
}

const FIELD_BYTES = 256 * 1024;
const FIELDS = 500;
const UNREADABLE = '没有读懂提交的内容，请返回上一页重新提交。';

const TYPES = ['application/x-www-form-urlencoded', 'multipart/form-data'];

function reading(type: string, limits: SentLimits): InstanceType<typeof Busboy> {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: {
        fieldSize: FIELD_BYTES,
        fields: FIELDS,
        // One past the limit is let through, so that whoever takes the files in can say that they were too many.
        files: limits.files === 0 ? 0 : limits.files + 1,
        fileSize: limits.fileBytes,
      },
      defCharset: 'utf8',
    });
  } catch {
    // The content type names no boundary.
    throw new AppError('invalid', UNREADABLE);
  }
}

async function readMultipart(request: Request, type: string, limits: SentLimits): Promise<Sent> {
  const folder = join(env().dataDir, 'tmp');
  await mkdir(folder, { recursive: true });
  const sent: Sent = { fields: new URLSearchParams(), files: [] };
  const saves: Promise<unknown>[] = [];
  const busboy = reading(type, limits);
  busboy.on('field', (name, value) => sent.fields.append(name, value));
  busboy.on('file', (field, stream, name) => {
    // A file input left empty is sent as a nameless file.
    if (!name) {
      stream.resume();
      return;
    }
    const file: SentFile = { field, name, path: join(folder, randomToken()), bytes: 0, tooLarge: false };
    stream.on('data', (chunk: Buffer) => {
      file.bytes += chunk.length;
    });
    stream.on('limit', () => {
      file.tooLarge = true;
    });
    sent.files.push(file);
    saves.push(pipeline(stream, createWriteStream(file.path, { mode: 0o600 })));
  });
  try {
    if (request.body) {
      // The web stream's types and Node's are declared apart, yet are the same object at run time.
      await pipeline(Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]), busboy);
    }
    await Promise.all(saves);
  } catch (error) {
    await Promise.allSettled(saves);
    await dropFiles(sent.files);
    if (error instanceof AppError) throw error;
    throw new AppError('invalid', UNREADABLE);
  }
  return sent;
}

/**
 * Reads a form's POST, urlencoded or multipart; files go to the temporary folder, to be dropped by `dropFiles`.
 * Throws `invalid` for any other content type and for a body that is cut or malformed.
 */
export async function readSent(request: Request, limits: SentLimits): Promise<Sent> {
  const type = request.headers.get('content-type') ?? '';
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!TYPES.includes(plain)) throw new AppError('invalid', UNREADABLE);
  if (plain === 'multipart/form-data') return readMultipart(request, type, limits);
  return { fields: new URLSearchParams(await request.text()), files: [] };
}

export async function dropFiles(files: readonly SentFile[]): Promise<void> {
  await Promise.all(files.map((file) => rm(file.path, { force: true })));
}
