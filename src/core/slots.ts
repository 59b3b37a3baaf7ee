import { type SQL, sql } from 'drizzle-orm';

/**
 * Placeholders for columns of a statement that is built once. Values go to the engine as they are: instants and truth values may
 * be given, JSON as text, nothing as `null`.
 */
export function slots<const Names extends readonly string[]>(...names: Names): Record<Names[number], SQL> {
  return Object.fromEntries(names.map((name) => [name, sql`${sql.placeholder(name)}`])) as Record<
    Names[number],
    SQL
  >;
}
