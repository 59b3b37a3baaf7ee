import { asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import type { NoticeId } from '#db/schema/ids.ts';
import { noticeDeliveries } from '#db/schema/rectification.ts';

export type DeliveryRow = typeof noticeDeliveries.$inferSelect;

export async function insertDelivery(tx: Tx, row: typeof noticeDeliveries.$inferInsert): Promise<void> {
  await tx.insert(noticeDeliveries).values(row);
}

export function listDeliveries(db: Db, noticeId: NoticeId): Promise<DeliveryRow[]> {
  return db
    .select()
    .from(noticeDeliveries)
    .where(eq(noticeDeliveries.noticeId, noticeId))
    .orderBy(asc(noticeDeliveries.id));
}
