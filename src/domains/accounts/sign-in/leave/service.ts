import type { Actor } from '#core/actor.ts';
import { write } from '#core/write.ts';
import { deleteSessionsOf } from '../../session-store.ts';
import { end } from '../../sessions.ts';

/** Ends one session, and writes down whose. Gives the `Set-Cookie` value that clears the browser's. */
export async function signOut(actor: Actor, token: string | undefined): Promise<string> {
  const cookie = await end(token ?? '');
  if (actor.kind === 'staff' || actor.kind === 'resident') {
    await write(actor, 'account.signOut', async (_tx, change) => {
      change.note(actor.kind === 'staff' ? 'account' : 'resident', actor.id);
    });
  }
  return cookie;
}

/** Ends every session of the one who asks, this browser's included. */
export async function signOutEverywhere(actor: Actor): Promise<void> {
  if (actor.kind !== 'staff' && actor.kind !== 'resident') return;
  await write(actor, 'account.signOutEverywhere', async (tx, change) => {
    if (actor.kind === 'staff') await deleteSessionsOf(tx, { kind: 'staff', id: actor.id });
    else await deleteSessionsOf(tx, { kind: 'resident', id: actor.id });
    change.note(actor.kind === 'staff' ? 'account' : 'resident', actor.id);
  });
}
