import { createHash } from 'node:crypto';
import { type Adapter, Lucia, TimeSpan } from 'lucia';
import { type Actor, ANONYMOUS } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import type { SessionKind } from '#db/schema/accounts.values.ts';
import { setting } from '#domains/settings/service.ts';
import type { Owner } from './session-store.ts';
import * as store from './session-store.ts';

export type { Owner } from './session-store.ts';

declare module 'lucia' {
  interface Register {
    Lucia: typeof lucia;
    DatabaseSessionAttributes: { owner: Owner; device: string };
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a session lasts without use, and in all; how stale its last use may become before it is written down. */
interface Life {
  idle: number;
  absolute: number;
  stale: number;
}

const PUBLIC_COMPUTER: Life = { idle: 30 * MINUTE, absolute: 30 * MINUTE, stale: 30 * MINUTE };

async function lifeOf(kind: SessionKind): Promise<Life> {
  if (kind === 'publicComputer') return PUBLIC_COMPUTER;
  const set = await setting('accounts');
  return kind === 'staff'
    ? { idle: set.staffIdleMinutes * MINUTE, absolute: set.staffAbsoluteHours * HOUR, stale: MINUTE }
    : { idle: set.residentSlidingDays * DAY, absolute: set.residentAbsoluteDays * DAY, stale: HOUR };
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const expiry = ({ idle, absolute }: Life, createdAt: Date, at: Date): Date =>
  new Date(Math.min(at.getTime() + idle, createdAt.getTime() + absolute));

const ownerKey = (owner: Owner): string => `${owner.kind}:${owner.id}`;

const ownerOf = (row: store.SessionRow): Owner | null => {
  if (row.account) return row.account.active ? { kind: 'staff', id: row.account.id } : null;
  return row.resident
    ? { kind: row.kind === 'publicComputer' ? 'publicComputer' : 'resident', id: row.resident.id }
    : null;
};

/**
 * Lucia deals in tokens; the store holds only their hashes. Expiry is reckoned here by the kind of session,
 * since Lucia knows one sliding life and no absolute one.
 */
const adapter: Adapter = {
  async getSessionAndUser(token) {
    const row = await store.findSession(reader, hashOf(token));
    const owner = row ? ownerOf(row) : null;
    const left = row
      ? Math.min(+row.expiresAt, +expiry(await lifeOf(row.kind), row.createdAt, now())) - now().getTime()
      : 0;
    if (!owner || left <= 0) return [null, null];
    const userId = ownerKey(owner);
    return [
      // Lucia compares with the machine's clock, whatever clock we reckon by.
      { id: token, userId, expiresAt: new Date(Date.now() + left), attributes: { owner, device: '' } },
      { id: userId, attributes: {} },
    ];
  },
  async getUserSessions() {
    throw new Error('only hashes are stored: the tokens of a user cannot be listed');
  },
  async setSession({ id, attributes }) {
    const at = now();
    const life = await lifeOf(attributes.owner.kind);
    await write.quiet((tx) =>
      store.insertSession(tx, {
        hash: hashOf(id),
        owner: attributes.owner,
        createdAt: at,
        expiresAt: expiry(life, at, at),
        device: attributes.device,
      }),
    );
  },
  async updateSessionExpiration(token) {
    const hash = hashOf(token);
    const row = await store.findSession(reader, hash);
    if (!row) return;
    const expiresAt = expiry(await lifeOf(row.kind), row.createdAt, now());
    await write.quiet((tx) => store.moveExpiry(tx, hash, expiresAt));
  },
  async deleteSession(token) {
    await write.quiet((tx) => store.deleteSession(tx, hashOf(token)));
  },
  async deleteUserSessions() {
    throw new Error('sessions end by their owner: see endAllOf');
  },
  async deleteExpiredSessions() {
    // For a day more the row tells whose unfinished form a late token belongs to.
    await write.quiet((tx) => store.deleteExpired(tx, new Date(now().getTime() - DAY)));
  },
};

export const SESSION_COOKIE = '__Host-session';

const lucia = new Lucia(adapter, {
  sessionExpiresIn: new TimeSpan(30, 'm'),
  sessionCookie: { name: SESSION_COOKIE, attributes: { secure: true, sameSite: 'lax', path: '/' } },
});

/**
 * A `Set-Cookie` value. It outlives the idle limit, which the server holds: a token that comes too late still
 * tells whose unfinished form this was.
 */
function cookie(token: string, seconds: number): string {
  return `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;
}

export interface LiveSession {
  state: 'live';
  owner: Owner;
  actor: Actor;
}

/** Idle too long, past its absolute life, or of an account since disabled: it opens nothing. */
export interface EndedSession {
  state: 'ended';
  owner: Owner;
}

async function actorOf(row: store.SessionRow): Promise<Actor> {
  if (row.account) {
    const grants = await store.listGrants(reader, row.account.id, now());
    return { kind: 'staff', id: row.account.id, name: row.account.name, unitId: row.account.unitId, grants };
  }
  return row.resident ? { kind: 'resident', ...row.resident } : ANONYMOUS;
}

/** Begins a session with a token of its own, whatever the browser held before. Gives the `Set-Cookie` value. */
export async function start(owner: Owner, device: string): Promise<{ token: string; cookie: string }> {
  const session = await lucia.createSession(ownerKey(owner), { owner, device: device.slice(0, 200) });
  return { token: session.id, cookie: cookie(session.id, (await lifeOf(owner.kind)).absolute / 1000) };
}

/** Whose token this is and whether it still holds, prolonging it; `null` for a token never given out or swept since. */
export async function read(token: string): Promise<LiveSession | EndedSession | null> {
  const { session } = await lucia.validateSession(token);
  const row = await store.findSession(reader, hashOf(token));
  const owner = row ? ownerOf(row) : null;
  if (!row || !owner) return null;
  if (!session) return { state: 'ended', owner };
  const life = await lifeOf(row.kind);
  const lastUse = row.expiresAt.getTime() - life.idle;
  const next = expiry(life, row.createdAt, now());
  if (next > row.expiresAt && now().getTime() - lastUse >= life.stale) {
    await adapter.updateSessionExpiration(token, next);
  }
  return { state: 'live', owner, actor: await actorOf(row) };
}

/** Ends one session. Gives the `Set-Cookie` value that clears the browser's. */
export async function end(token: string): Promise<string> {
  await lucia.invalidateSession(token);
  return cookie('', 0);
}

/** Ends every session of an owner: signing out everywhere, a disabled account, a changed password. */
export async function endAllOf(owner: Owner): Promise<void> {
  await write.quiet((tx) => store.deleteSessionsOf(tx, owner));
}

/** Drops what has expired. */
export async function sweep(): Promise<void> {
  await lucia.deleteExpiredSessions();
}
