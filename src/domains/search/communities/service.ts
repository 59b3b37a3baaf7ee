import { now } from '#core/clock.ts';
import { reader } from '#core/store.ts';
import { write } from '#core/write.ts';
import { type Community, listCommunities, viewCommunity } from '#domains/places/service.ts';
import { dropEntry, type Entry, indexEntry, prepareIndex } from '../service.ts';
import { listOfKind } from '../store.ts';

const KIND = 'community';

async function entryOf({ id, name, street, district }: Community): Promise<Entry> {
  const { community, answers, units } = await viewCommunity(id);
  const { introduction, officeAddress, officeHours, covenant } = community;
  const matters = answers.map((answer) => answer.matter).join('、');
  const text = [
    `${district} ${street}`,
    introduction,
    [officeAddress, officeHours].filter(Boolean).join('，'),
    matters,
    units.map((unit) => unit.name).join('、'),
    ...covenant,
  ];
  return {
    kind: KIND,
    ref: String(id),
    url: `/communities/${id}/`,
    title: name,
    text: text.filter(Boolean).join('\n'),
    facet: KIND,
    at: now(),
  };
}

/**
 * Makes the communities' pages findable as they now are. Pages change at the desk of another domain, so this looks for what
 * differs; where nothing does, nothing is written. Gives how many entries changed.
 */
export async function indexCommunities(): Promise<number> {
  const known = new Map((await listOfKind(reader, KIND)).map((row) => [row.ref, row]));
  const entries = await Promise.all((await listCommunities()).map(entryOf));
  const changed = entries.filter(({ ref, title, text }) => {
    const row = known.get(ref);
    return row?.title !== title || row.text !== text;
  });
  const gone = [...known.keys()].filter((ref) => !entries.some((entry) => entry.ref === ref));
  if (changed.length + gone.length === 0) return 0;
  await prepareIndex();
  await write.quiet(async (tx) => {
    for (const entry of changed) await indexEntry(tx, entry);
    for (const ref of gone) await dropEntry(tx, KIND, ref);
  });
  return changed.length + gone.length;
}
