import { inArray } from 'drizzle-orm';
import type { Db, Tx } from '#core/store.ts';
import { caseEvents, cases, complaints } from '#db/schema/hotline.ts';
import type { CaseId, PlaceId } from '#db/schema/ids.ts';

/** One answered message, ready to be stored. */
export interface ClosedCase {
  importKey: string;
  caseNumber: string;
  complaintNumber: string;
  placeId: PlaceId;
  title: string;
  body: string;
  public: boolean;
  nameSealed: string | null;
  filedAt: Date;
  answer: string;
  answeredAt: Date;
}

export async function findKnownKeys(db: Db, keys: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ key: complaints.importKey })
    .from(complaints)
    .where(inArray(complaints.importKey, [...keys]));
  return new Set(rows.flatMap(({ key }) => key ?? []));
}

const NO_STEPS = '历史诉求导入：原系统只留下提交和答复两个时间，中间环节没有记录。';

/**
 * Stores answered messages as closed cases. Two events tell all that is known: filed, and answered (which closed the
 * matter where it came from). The state before the answer is unknown and stays empty; no step between is made up, so
 * there is no due time and no word on whether the answer was late. Gives the ids in the order of the rows.
 */
export async function insertClosed(tx: Tx, rows: readonly ClosedCase[], at: Date): Promise<CaseId[]> {
  const inserted = await tx
    .insert(cases)
    .values(
      rows.map((row) => ({
        number: row.caseNumber,
        state: 'closed' as const,
        kind: 'complaint' as const,
        category: 'OTHER',
        placeId: row.placeId,
        filedAt: row.filedAt,
        firstAnsweredAt: row.answeredAt,
        answeredAt: row.answeredAt,
        closedAt: row.answeredAt,
        publicTitle: row.public ? row.title : '',
        answerText: row.answer,
        publication: row.public ? ('published' as const) : ('hidden' as const),
        publishedAt: row.public ? at : null,
        updatedAt: row.answeredAt,
      })),
    )
    .returning({ id: cases.id, number: cases.number });
  const byNumber = new Map(inserted.map(({ id, number }) => [number, id]));
  const idOf = (row: ClosedCase): CaseId => {
    const id = byNumber.get(row.caseNumber);
    if (id === undefined) throw new Error('an inserted case has no id');
    return id;
  };
  await tx.insert(complaints).values(
    rows.map((row) => ({
      number: row.complaintNumber,
      caseId: idOf(row),
      kind: 'complaint' as const,
      channel: 'import' as const,
      importKey: row.importKey,
      category: 'OTHER',
      title: row.title,
      body: row.body,
      placeId: row.placeId,
      secrecy: row.public ? ('open' as const) : ('closed' as const),
      nameSealed: row.nameSealed,
      wordsPublic: row.public ? ('published' as const) : ('hidden' as const),
      consentVersion: 'import',
      filedAt: row.filedAt,
    })),
  );
  await tx.insert(caseEvents).values(
    rows.flatMap((row) => [
      {
        caseId: idOf(row),
        at: row.filedAt,
        event: 'file' as const,
        toState: 'filed' as const,
        party: 'complainant' as const,
      },
      {
        caseId: idOf(row),
        at: row.answeredAt,
        event: 'approve' as const,
        toState: 'closed' as const,
        party: 'system' as const,
        publicText: NO_STEPS,
        data: { imported: 1 },
      },
    ]),
  );
  return rows.map(idOf);
}
