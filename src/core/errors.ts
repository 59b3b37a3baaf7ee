export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable';

export const HTTP_STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
};

/**
 * The one error that may reach a person. `message` is safe Chinese text: what happened and what to do.
 * `fields` maps form field names to the text that stands beside them.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds after which trying again makes sense; sent as `Retry-After`. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    fields: Readonly<Record<string, string>> = {},
    retryAfter?: number,
  ) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }
}

/** Hands the row back, or throws `not_found`: also for what exists but is not the asker's. */
export function found<T>(
  row: T | null | undefined,
  message = '没有找到您要的内容。它可能已被移走，请检查编号或网址。',
): T {
  if (row === null || row === undefined) throw new AppError('not_found', message);
  return row;
}
