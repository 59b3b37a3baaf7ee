import { unseal } from '#core/secrets.ts';
import { maskPersons } from '../privacy/rules.ts';

/** What a text is masked by. It never leaves the hotline's own folders. */
export interface Sealed {
  nameSealed: string | null;
  phoneSealed: string | null;
}

const open = (sealed: string | null): string | null => (sealed === null ? null : unseal(sealed));

/** Name and phone as they were left; null where there is none. */
export const openFiler = ({ nameSealed, phoneSealed }: Sealed) => ({
  name: open(nameSealed),
  phone: open(phoneSealed),
});

/** A text as desks read it: whatever tells who any of these filers is, hidden. */
export function maskFor(filers: readonly Sealed[]): (text: string) => string {
  const opened = filers.map(openFiler);
  return (text) =>
    opened.length === 0
      ? maskPersons(text)
      : opened.reduce((words, filer) => maskPersons(words, filer), text);
}
