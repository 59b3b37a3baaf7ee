import type { Choice } from './form-view.ts';

interface Node {
  id: number;
  name: string;
  children: readonly Node[];
}

/** A tree of places as the options of a select: each below its parent, the way down before its name. */
export function placeOptions(nodes: readonly Node[], above: readonly string[] = []): Choice[] {
  return nodes.flatMap(({ id, name, children }) => {
    // The city stands before everything else and need not be said each time.
    const way = above.length === 0 ? [] : [...above, name];
    const own = { value: String(id), label: above.length === 0 ? name : way.slice(1).join(' / ') || name };
    return [own, ...placeOptions(children, above.length === 0 ? [name] : [...above, name])];
  });
}
