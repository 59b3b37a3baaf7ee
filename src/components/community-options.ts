import type { Choice } from './form-view.ts';

interface Entry {
  id: number;
  name: string;
  street: string;
  district: string;
}

/** Communities as a select shows them: under their street, with the district before it. */
export function byStreet(communities: readonly Entry[]): { label: string; options: Choice[] }[] {
  const groups = new Map<string, Choice[]>();
  for (const { id, name, street, district } of communities) {
    const label = `${district} ${street}`;
    const options = groups.get(label) ?? [];
    options.push({ value: String(id), label: name });
    groups.set(label, options);
  }
  return [...groups].map(([label, options]) => ({ label, options }));
}
