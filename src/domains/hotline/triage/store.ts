import { eq } from 'drizzle-orm';
import type { Tx } from '#core/store.ts';
import { complaints } from '#db/schema/hotline.ts';
import type { CaseId } from '#db/schema/ids.ts';

/** Makes everything filed under a case secret. */
export async function makeSecret(tx: Tx, caseId: CaseId): Promise<void> {
  await tx
    .update(complaints)
    .set({ secrecy: 'secret', category: 'RIGHTS', shareContact: false })
    .where(eq(complaints.caseId, caseId));
}
