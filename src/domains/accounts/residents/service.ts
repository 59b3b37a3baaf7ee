import type { Actor, Resident } from '#core/actor.ts';
import { now } from '#core/clock.ts';
import { AppError, found } from '#core/errors.ts';
import { fingerprint, seal, unseal } from '#core/secrets.ts';
import { reader } from '#core/store.ts';
import { everyTime } from '#core/submission.ts';
import { write } from '#core/write.ts';
import type { PlaceId } from '#db/schema/ids.ts';
import { findPlace, type Place } from '#domains/places/service.ts';
import { awaitsCode, checkCode, sendCode } from '../codes/service.ts';
import { start } from '../sessions.ts';
import { deviceWords } from '../sign-in/rules.ts';
import { insertSignIn } from '../sign-in/store.ts';
import type { EnterByCode } from './input.ts';
import { maskPhone } from './rules.ts';
import * as store from './store.ts';

/** Hands back the resident, or throws `unauthenticated`. */
export function asResident(actor: Actor): Resident {
  if (actor.kind === 'resident') return actor;
  throw new AppError('unauthenticated', '请先用手机号登录，再继续。');
}

/** Sends a code to sign in with. Where one is still on its way, that one serves: asking twice is no mistake. */
export async function askCode(phone: string, address: string): Promise<void> {
  try {
    await everyTime(() => sendCode(phone, 'signIn', address));
  } catch (error) {
    const early = error instanceof AppError && error.code === 'rate_limited';
    if (!early || !(await awaitsCode(phone, 'signIn'))) throw error;
  }
}

interface Door {
  address: string;
  agent: string;
}

/**
 * Signs a resident in by the code his phone was sent; the first time takes him in. Gives the `Set-Cookie` value.
 * Throws `invalid` beside `code`.
 */
export function enterByCode(sent: EnterByCode, door: Door): Promise<string> {
  return everyTime(async () => {
    const phoneHash = fingerprint(sent.phone);
    const row = {
      subject: phoneHash,
      address: door.address,
      device: deviceWords(door.agent),
      accountId: null,
    };
    try {
      await checkCode(sent.phone, 'signIn', sent.code);
    } catch (error) {
      await write.quiet((tx) => insertSignIn(tx, { ...row, at: now(), result: 'wrongCode' }));
      throw error;
    }
    const { id, isNew } = await write.quiet((tx) =>
      store.takeInResident(tx, { phoneHash, phoneSealed: seal(sent.phone) }, now()),
    );
    await write({ kind: 'resident', id, phoneHash }, 'resident.signIn', async (tx, change) => {
      await insertSignIn(tx, { ...row, at: change.at, residentId: id, result: 'ok' });
      change.note('resident', id, { to: { new: isNew ? 1 : 0 } });
    });
    const session = await start(
      { kind: sent.publicComputer ? 'publicComputer' : 'resident', id },
      row.device,
    );
    return session.cookie;
  });
}

export interface Myself {
  /** The phone, its middle hidden. */
  phone: string;
  community: Place | null;
}

/** What a resident sees of himself. */
export async function findMyself(actor: Actor): Promise<Myself> {
  const row = found(await store.findResident(reader, asResident(actor).id));
  return {
    phone: row.phoneSealed ? maskPhone(unseal(row.phoneSealed)) : '',
    community: row.communityId === null ? null : await findPlace(row.communityId),
  };
}

/** Sets the community that is the resident's own, or none. Throws `not_found` for what is no community. */
export async function chooseCommunity(actor: Actor, communityId: PlaceId | null): Promise<void> {
  const { id } = asResident(actor);
  const place = communityId === null ? null : found(await findPlace(communityId));
  if (place && place.level !== 'community')
    throw new AppError('invalid', '请选择社区。', { community: '请选择社区' });
  await write(actor, 'resident.community', async (tx, change) => {
    await store.updateCommunity(tx, id, place?.id ?? null);
    change.note('resident', id, { to: { communityId: place?.id ?? null } });
  });
}
