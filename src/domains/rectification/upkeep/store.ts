import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import type { Db } from '#core/store.ts';
import type { NoticeId } from '#db/schema/ids.ts';
import { notices } from '#db/schema/rectification.ts';

const AT_ONCE = 200;

/** Notices issued before `before` that nobody signed for and nobody was reminded of. */
export async function listUnsigned(db: Db, before: Date): Promise<{ id: NoticeId; issuedAt: Date }[]> {
  const rows = await db
    .select({ id: notices.id, issuedAt: notices.issuedAt })
    .from(notices)
    .where(and(eq(notices.state, 'issued'), isNull(notices.remindedAt), lte(notices.issuedAt, before)))
    .orderBy(asc(notices.issuedAt))
    .limit(AT_ONCE);
  return rows.flatMap(({ id, issuedAt }) => (issuedAt ? [{ id, issuedAt }] : []));
}
