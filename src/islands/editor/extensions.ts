import { type Extensions, Mark, mergeAttributes, Node } from '@tiptap/core';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';

const script = (name: string, tag: string) =>
  Mark.create({ name, parseHTML: () => [{ tag }], renderHTML: () => [tag, 0] });

const attribute = (element: Element | null, name: string): string | null =>
  element?.getAttribute(name) ?? null;

/** A picture with its description and, where there is one, the line beneath it. */
const Picture = Node.create({
  name: 'picture',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    src: { default: null },
    alt: { default: '' },
    width: { default: null },
    height: { default: null },
    caption: { default: '', rendered: false },
  }),
  parseHTML: () => [
    {
      tag: 'figure',
      getAttrs: (element) => {
        const image = element.querySelector('img');
        if (!image) return false;
        return {
          src: attribute(image, 'src'),
          alt: attribute(image, 'alt') ?? '',
          width: attribute(image, 'width'),
          height: attribute(image, 'height'),
          caption: element.querySelector('figcaption')?.textContent ?? '',
        };
      },
    },
    { tag: 'img[src]' },
  ],
  renderHTML: ({ node, HTMLAttributes }) => {
    const image: [string, Record<string, unknown>] = ['img', mergeAttributes(HTMLAttributes)];
    const { caption } = node.attrs;
    return caption ? ['figure', image, ['figcaption', {}, String(caption)]] : ['figure', image];
  },
});

// The library's own writes widths as style attributes, which the server drops and the page's policy refuses.
const PlainTable = Table.extend({
  renderHTML: ({ HTMLAttributes }) => ['table', HTMLAttributes, ['tbody', 0]],
});

/** What a text may hold: exactly what the server keeps of it. */
export const extensions: Extensions = [
  StarterKit.configure({
    code: false,
    codeBlock: false,
    horizontalRule: false,
    heading: { levels: [2, 3, 4] },
    link: { openOnClick: false, autolink: false, HTMLAttributes: { rel: null, target: null } },
  }),
  PlainTable.configure({ resizable: false }),
  TableRow,
  TableHeader,
  TableCell,
  script('subscript', 'sub'),
  script('superscript', 'sup'),
  Picture,
];
