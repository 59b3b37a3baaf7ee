import type { ArticleState } from '#db/schema/news.values.ts';
import type { Column, ColumnTree } from '#domains/news/service.ts';
import type { Choice } from '../form-view.ts';

type Tone = 'plain' | 'info' | 'good' | 'warn';

export const STATE_TONE: Readonly<Record<ArticleState, Tone>> = {
  draft: 'plain',
  review: 'info',
  published: 'good',
  withdrawn: 'warn',
};

const choice = ({ id, name }: Column): Choice => ({ value: id, label: name });

/** The columns to choose from: a parent with its parts as a group. */
export function columnChoices(tree: ColumnTree): (Choice | { label: string; options: Choice[] })[] {
  const serials = ['bulletin', 'exchange'].flatMap((id) => tree.byId.get(id) ?? []);
  return [...tree.roots, ...serials].map((root) => {
    const parts = tree.childrenOf(root.id);
    if (parts.length === 0) return choice(root);
    return {
      label: root.name,
      options: [{ value: root.id, label: `${root.name}（不分类）` }, ...parts.map(choice)],
    };
  });
}

/** The id in a page's address; `NaN`, which is no article's, where it is none. */
export const idOf = (params: Readonly<Record<string, string | undefined>>): number =>
  /^[1-9]\d{0,9}$/.test(params.id ?? '') ? Number(params.id) : Number.NaN;
