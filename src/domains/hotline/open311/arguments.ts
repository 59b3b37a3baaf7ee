import { AppError, type ErrorCode } from '#core/errors.ts';

/** The first value of an argument; an empty one is as good as none. */
export function one(fields: URLSearchParams, name: string): string | null {
  return many(fields, name)[0] ?? null;
}

/** Every value of a repeated argument, trimmed; empty ones are as good as none. */
export function many(fields: URLSearchParams, name: string): string[] {
  return fields
    .getAll(name)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** The items of a comma-separated argument, each once; null where none is given. */
export function commaList(fields: URLSearchParams, name: string): string[] | null {
  const items = many(fields, name)
    .flatMap((value) => value.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? null : [...new Set(items)];
}

/** A refusal because of one argument. */
export const refusal = (code: ErrorCode, argument: string, text: string): AppError =>
  new AppError(code, text, { [argument]: text });

/** Gathers what is wrong with a call, so that all of it is said at once. */
export class Problems {
  readonly #fields: Record<string, string> = {};

  add(argument: string, text: string): void {
    this.#fields[argument] ??= text;
  }

  /** Throws `invalid`, naming every argument that is wrong. */
  assertNone(): void {
    if (Object.keys(this.#fields).length === 0) return;
    throw new AppError('invalid', '请求参数有误。', this.#fields);
  }
}

/** A decimal number, as coordinates are written; null for anything else. */
function decimal(text: string): number | null {
  return /^[+-]?\d{1,3}(\.\d{1,20})?$/.test(text) ? Number(text) : null;
}

export interface Point {
  lat: number;
  long: number;
}

/** A point from its two arguments; null where neither is given. One without the other is a problem. */
export function point(
  fields: URLSearchParams,
  [latName, longName]: readonly [string, string],
  problems: Problems,
): Point | null {
  const [lat, long] = [one(fields, latName), one(fields, longName)];
  if (lat === null && long === null) return null;
  const coordinate = (name: string, text: string | null, limit: number): number => {
    if (text === null) problems.add(name, '缺少这个参数，经度和纬度要一起给');
    const degrees = decimal(text ?? '');
    if (degrees !== null && Math.abs(degrees) <= limit) return degrees;
    problems.add(name, `应为 -${limit} 到 ${limit} 之间的十进制度数（WGS84）`);
    return 0;
  };
  return { lat: coordinate(latName, lat, 90), long: coordinate(longName, long, 180) };
}
