import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';

export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const COMPRESSIBLE =
  /^(text\/|image\/svg\+xml|application\/(json|javascript|xml|manifest\+json|[a-z.+-]+\+(json|xml)))/;
// Below this a packet is a packet.
const WORTH_IT = 860;

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Whether a body of this type and size gets smaller by compressing. */
export function compressible(type: string, size: number): boolean {
  return size >= WORTH_IT && COMPRESSIBLE.test(type);
}

/** Copies into memory of its own: small results would otherwise hold a shared slab, large ones their unused rest. */
export function exactly(body: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  return copy;
}

// Up to here a thread costs more than the work that it takes over, and memory that it never gives back.
const SMALL = 64 * 1024;

/** Compresses; what is large, away from the event loop. `quality` 1 (fast) to 11 (once in a build's life). */
export async function toBrotli(body: Buffer, quality: number): Promise<Buffer> {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_SIZE_HINT]: body.length };
  const small = body.length <= SMALL && quality < 10;
  return exactly(small ? brotliCompressSync(body, { params }) : await brotli(body, { params }));
}

/** Compresses; what is large, away from the event loop. `level` 1 (fast) to 9. */
export async function toGzip(body: Buffer, level: number): Promise<Buffer> {
  return exactly(body.length <= SMALL ? gzipSync(body, { level }) : await deflate(body, { level }));
}

/** A strong validator of these bytes in this encoding. */
export function etagOf(body: Buffer, encoding: Encoding): string {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return encoding === 'identity' ? `"${digest}"` : `"${digest}-${encoding}"`;
}

/** The best encoding that the client takes. */
export function chosenEncoding(accepts: string | undefined): Encoding {
  if (accepts === undefined) return 'identity';
  if (accepts.includes(';')) return weighed(accepts);
  if (accepts.includes('br')) return 'br';
  return accepts.includes('gzip') ? 'gzip' : 'identity';
}

function weighed(accepts: string): Encoding {
  const weights = new Map(
    accepts.split(',').map((part) => {
      const [name = '', ...rest] = part.split(';').map((word) => word.trim().toLowerCase());
      const q = rest.find((word) => word.startsWith('q='));
      return [name, q === undefined ? 1 : Number(q.slice(2)) || 0] as const;
    }),
  );
  const weight = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  return (['br', 'gzip'] as const).find((name) => weight(name) > 0) ?? 'identity';
}

/** Whether `If-None-Match` names this validator. Compared weakly, as the header demands. */
export function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((part) => part.trim().replace(/^W\//, '') === etag);
}
