import type { Category, Kind, Secrecy } from '#db/schema/hotline.values.ts';

/** What a person chose about being seen, before the category has its say. */
export interface Wishes {
  category: Category;
  secrecy: Secrecy;
  shareContact: boolean;
  callBack: boolean;
  phone: string;
}

export type Seen = Pick<Wishes, 'secrecy' | 'shareContact' | 'callBack'> & { kind: Kind };

/**
 * What holds of these wishes. Women's and children's rights are always secret; who asked for secrecy towards the unit, or left
 * no telephone, shares no contact.
 */
export function settleWishes(wishes: Wishes): Seen {
  const secrecy = wishes.category === 'RIGHTS' ? 'secret' : wishes.secrecy;
  const reachable = wishes.phone !== '';
  return {
    kind: wishes.category === 'RIGHTS' ? 'help' : 'complaint',
    secrecy,
    shareContact: reachable && secrecy !== 'secret' && wishes.shareContact,
    callBack: reachable && wishes.callBack,
  };
}

/** What each consent row is about; a purpose of its own for each handing on of the data. */
export type Purpose = 'process' | 'publish' | 'shareContact' | 'locate';

/** The consents given with a filing: processing always, the others as chosen. */
export function consentsGiven(seen: Seen, located: boolean): Purpose[] {
  const given: Purpose[] = ['process'];
  if (seen.secrecy === 'open') given.push('publish');
  if (seen.shareContact) given.push('shareContact');
  if (located) given.push('locate');
  return given;
}
