import type { Actor } from '#core/actor.ts';
import { AppError } from '#core/errors.ts';
import { permit } from '#core/permissions.ts';
import { seal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { PlaceId } from '#db/schema/ids.ts';
import { findCity } from '#domains/places/service.ts';
import { prepareIndex } from '#domains/search/service.ts';
import { findCaseById } from '../cases/store.ts';
import { indexPublished } from '../publication/service.ts';
import { type ImportedMessage, readLine } from './input.ts';
import { drawComplaintNumbers, takeCaseNumbers } from './numbers-store.ts';
import { fitTitle, type Repeat, type Skip, sortLines } from './rules.ts';
import * as store from './store.ts';

export interface ImportReport {
  imported: number;
  /** Already in the store from an earlier run; left as they are. */
  known: number;
  repeats: Repeat[];
  skips: Skip[];
  published: boolean;
}

export interface ImportOptions {
  publish: boolean;
  onProgress?: (done: number, total: number) => void;
}

/** Rows in one transaction: few commits, and none holds the writer for long. */
const BATCH = 200;

async function importBatch(
  actor: Actor,
  batch: readonly ImportedMessage[],
  placeId: PlaceId,
  publish: boolean,
): Promise<void> {
  const sealed = batch.map(({ user }) => (user === '' ? null : seal(user)));
  await write(actor, 'hotline.import', async (tx, change) => {
    const filings = batch.map((message) => message.filed_at);
    const caseNumbers = await takeCaseNumbers(tx, filings);
    const complaintNumbers = await drawComplaintNumbers(tx, filings);
    const rows = batch.map((message, i): store.ClosedCase => {
      const { title, body } = fitTitle(message);
      return {
        importKey: message.id,
        caseNumber: caseNumbers[i] ?? '',
        complaintNumber: complaintNumbers[i] ?? '',
        placeId,
        title,
        body,
        public: publish,
        nameSealed: sealed[i] ?? null,
        filedAt: message.filed_at,
        answer: message.reply,
        answeredAt: message.replied_at,
      };
    });
    const ids = await store.insertClosed(tx, rows, change.at);
    for (const [i, id] of ids.entries()) {
      const { filedAt, answeredAt } = rows[i] ?? {};
      change.note('case', id, {
        to: {
          state: 'closed',
          filedAt: filedAt?.getTime() ?? null,
          closedAt: answeredAt?.getTime() ?? null,
          publication: publish ? 'published' : 'hidden',
        },
      });
      const c = publish ? await findCaseById(tx, id) : null;
      if (c) await indexPublished(tx, c);
    }
    change.touch('cases', `place:${placeId}`);
  });
}

/**
 * Loads answered messages from elsewhere, one JSON object a line, as closed cases of the whole city, with the times they
 * truly had. Running it again adds nothing: the number a message had there is unique here. Nothing is public unless
 * `publish` is asked for.
 */
export async function importMessages(
  actor: Actor,
  text: string,
  { publish, onProgress }: ImportOptions,
): Promise<ImportReport> {
  const city = await findCity(reader);
  if (!city)
    throw new AppError(
      'conflict',
      '还没有录入城市，导入的诉求没有归属地。请先运行 npm start 完成初始设置，再导入。',
    );
  permit(actor, publish ? 'hotline:publish' : 'hotline:file', city.path);
  const lines = text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [[i + 1, line] as const]));
  const { messages, repeats, skips } = sortLines(lines, readLine);
  if (publish) await prepareIndex();
  let imported = 0;
  for (let i = 0; i < messages.length; i += BATCH) {
    const batch = messages.slice(i, i + BATCH).map(({ message }) => message);
    const known = await store.findKnownKeys(
      reader,
      batch.map(({ id }) => id),
    );
    const fresh = batch.filter(({ id }) => !known.has(id));
    if (fresh.length > 0) await importBatch(actor, fresh, city.id, publish);
    imported += fresh.length;
    onProgress?.(Math.min(i + BATCH, messages.length), messages.length);
  }
  return { imported, known: messages.length - imported, repeats, skips, published: publish };
}
