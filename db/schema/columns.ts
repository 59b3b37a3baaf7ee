import { type AnyColumn, sql } from 'drizzle-orm';
import { type CheckBuilder, check, integer } from 'drizzle-orm/sqlite-core';

/** A UTC instant, stored as whole milliseconds. */
export const instant = (name: string) => integer(name, { mode: 'timestamp_ms' });

export const flag = (name: string) => integer(name, { mode: 'boolean' });

/** Holds a column to a closed list; `null` passes, so that optional columns share it. */
export function oneOf(name: string, column: AnyColumn, values: readonly string[]): CheckBuilder {
  const list = values.map((value) => `'${value}'`).join(', ');
  return check(name, sql`${column} in (${sql.raw(list)})`);
}
