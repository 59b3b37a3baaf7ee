import { type AppError, type ErrorCode, HTTP_STATUS } from '#core/errors.ts';

export const FORMATS = ['xml', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export const CONTENT_TYPE: Readonly<Record<Format, string>> = {
  xml: 'text/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** What a document holds. A field left undefined is not part of it; an empty one is `null` or an empty element. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [name: string]: Value | undefined };

/** An answer before it has a format: XML shows the root's name, JSON leaves it out. */
export interface Document {
  root: string;
  body: Value;
}

/** The element that each list repeats. In JSON the list is a bare array, and the name is left out. */
const ITEM: Readonly<Record<string, string>> = {
  attributes: 'attribute',
  endpoints: 'endpoint',
  errors: 'error',
  formats: 'format',
  notes: 'note',
  photos: 'photo',
  service_request_updates: 'request_update',
  service_requests: 'request',
  services: 'service',
  values: 'value',
};

const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string): string =>
  text
    .replace(NOT_XML, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

function element(name: string, value: Value): string {
  if (value === null || value === '') return `<${name}/>`;
  if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`;
  const item = ITEM[name];
  if (isList(value) && item === undefined) throw new Error(`no element is known for the items of ${name}`);
  const inner = isList(value)
    ? value.map((each) => element(item ?? '', each))
    : Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : element(key, each)));
  return inner.length === 0 ? `<${name}/>` : `<${name}>${inner.join('')}</${name}>`;
}

/** The document as text of the format. */
export function render({ root, body }: Document, format: Format): string {
  if (format === 'xml') return `<?xml version="1.0" encoding="utf-8"?>\n${element(root, body)}\n`;
  return JSON.stringify(body, (_, value: unknown) => (value === '' ? null : value));
}

// The contract knows 404 for what does not exist, 403 for keys, and 400 for the rest of what a client can put right.
const STATUS: Readonly<Record<ErrorCode, number>> = {
  ...HTTP_STATUS,
  invalid: 400,
  conflict: 400,
  unauthenticated: 403,
};

export const statusOf = (error: AppError): number => STATUS[error.code];

/** The body of a refusal: one entry for each argument that is wrong, or one for the whole. */
export function errorDocument(status: number, descriptions: readonly string[]): Document {
  return { root: 'errors', body: descriptions.map((description) => ({ code: status, description })) };
}

export function describe(error: AppError): string[] {
  const fields = Object.entries(error.fields);
  return fields.length === 0 ? [error.message] : fields.map(([name, text]) => `${name}：${text}`);
}
