import { and, eq, lt } from 'drizzle-orm';
import { keptPosts } from '#db/schema/core.ts';
import { now } from './clock.ts';
import { randomToken } from './ids.ts';
import { seal, unseal } from './secrets.ts';
import { write } from './write.ts';

const LIFE_MS = 60 * 60_000;
const MAX_CHARACTERS = 1_000_000;

/** What was typed into a form whose sender turned out to be signed out. */
export interface KeptPost {
  path: string;
  /** Whom the ended session belonged to, as `staff:3`; nobody else may have it carried out. `null` when unknown. */
  owner: string | null;
  /** The fields, urlencoded. */
  fields: string;
  /** Whether files were sent too, which are not kept. */
  hadFiles: boolean;
}

/** Keeps a sending, sealed, for an hour. Gives the key under which it is taken out again; `null` when it is too long. */
export async function keepPost(post: KeptPost): Promise<string | null> {
  if (post.fields.length > MAX_CHARACTERS) return null;
  const id = randomToken();
  const sealed = seal(JSON.stringify(post));
  await write.quiet(async (tx) => {
    await tx.delete(keptPosts).where(lt(keptPosts.at, new Date(now().getTime() - LIFE_MS)));
    await tx.insert(keptPosts).values({ id, at: now(), path: post.path, sealed });
  });
  return id;
}

/** Takes a kept sending out, once, for the path it was sent to. */
export async function takePost(id: string, path: string): Promise<KeptPost | null> {
  const [row] = await write.quiet((tx) =>
    tx
      .delete(keptPosts)
      .where(and(eq(keptPosts.id, id), eq(keptPosts.path, path)))
      .returning({ sealed: keptPosts.sealed, at: keptPosts.at }),
  );
  if (!row || now().getTime() - row.at.getTime() > LIFE_MS) return null;
  return JSON.parse(unseal(row.sealed)) as KeptPost;
}
