import { unseal } from '#core/secrets.ts';
import { type Filer, maskFilerText, maskPublicText } from '../privacy/rules.ts';
import { mayShowWords } from './rules.ts';
import type { Spoken } from './store.ts';

/** Who filed, as far as hiding him needs it. It never leaves this folder. */
function filerOf(spoken: Spoken): Filer {
  return {
    name: spoken.nameSealed === null ? null : unseal(spoken.nameSealed),
    phone: spoken.phoneSealed === null ? null : unseal(spoken.phoneSealed),
    address: spoken.address,
  };
}

/** Staff's words without what tells who filed; office numbers stay. */
export function staffWordsInPublic(text: string, spoken: readonly Spoken[]): string {
  return spoken.reduce((words, each) => maskFilerText(words, filerOf(each)), text);
}

/** A resident's words as the public may read them; null where staff have not shown them or may not. */
export function residentWordsInPublic(spoken: Spoken): string | null {
  if (spoken.wordsPublic !== 'published' || !mayShowWords(spoken)) return null;
  return maskPublicText(spoken.publicBody ?? spoken.body, filerOf(spoken));
}

/** The heading: the centre's own line. Where that is the resident's title, as in imports, all personal data is hidden. */
export function titleInPublic(publicTitle: string, spoken: readonly Spoken[]): string {
  const own = spoken.find((each) => each.title === publicTitle);
  const title = own ? maskPublicText(publicTitle, filerOf(own)) : staffWordsInPublic(publicTitle, spoken);
  return title.replace(/。$/, '');
}
