import type { Editor } from '@tiptap/core';
import { openPanel } from './panel.ts';
import { upload } from './upload.ts';

interface Tool {
  label: string;
  /** Said in full where the label is short. */
  title?: string;
  run(editor: Editor): void;
  active?(editor: Editor): boolean;
  able?(editor: Editor): boolean;
  /** Shown inside a table only. */
  inTable?: true;
}

const chain = (editor: Editor) => editor.chain().focus();

const PLAIN_TOOLS: readonly Tool[] = [
  {
    label: '正文',
    run: (e) => chain(e).setParagraph().run(),
    active: (e) => e.isActive('paragraph') && !e.isActive('listItem'),
  },
  {
    label: '标题',
    run: (e) => chain(e).toggleHeading({ level: 2 }).run(),
    active: (e) => e.isActive('heading', { level: 2 }),
  },
  {
    label: '小标题',
    run: (e) => chain(e).toggleHeading({ level: 3 }).run(),
    active: (e) => e.isActive('heading', { level: 3 }),
  },
  { label: '加粗', run: (e) => chain(e).toggleBold().run(), active: (e) => e.isActive('bold') },
  { label: '斜体', run: (e) => chain(e).toggleItalic().run(), active: (e) => e.isActive('italic') },
  { label: '下划线', run: (e) => chain(e).toggleUnderline().run(), active: (e) => e.isActive('underline') },
  {
    label: '列表',
    title: '项目列表',
    run: (e) => chain(e).toggleBulletList().run(),
    active: (e) => e.isActive('bulletList'),
  },
  {
    label: '编号',
    title: '编号列表',
    run: (e) => chain(e).toggleOrderedList().run(),
    active: (e) => e.isActive('orderedList'),
  },
  { label: '引用', run: (e) => chain(e).toggleBlockquote().run(), active: (e) => e.isActive('blockquote') },
  {
    label: '表格',
    title: '插入三行三列的表格',
    run: (e) => chain(e).insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    able: (e) => !e.isActive('table'),
  },
  { label: '加行', inTable: true, run: (e) => chain(e).addRowAfter().run() },
  { label: '加列', inTable: true, run: (e) => chain(e).addColumnAfter().run() },
  { label: '删行', inTable: true, run: (e) => chain(e).deleteRow().run() },
  { label: '删列', inTable: true, run: (e) => chain(e).deleteColumn().run() },
  { label: '删表', inTable: true, run: (e) => chain(e).deleteTable().run() },
];

const LAST_TOOLS: readonly Tool[] = [
  { label: '清除格式', run: (e) => chain(e).unsetAllMarks().clearNodes().run() },
  { label: '撤销', run: (e) => chain(e).undo().run(), able: (e) => e.can().undo() },
  { label: '重做', run: (e) => chain(e).redo().run(), able: (e) => e.can().redo() },
];

const ADDRESS = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/))/i;

function askLink(editor: Editor, place: HTMLElement): void {
  const before: unknown = editor.getAttributes('link').href;
  const hint =
    editor.state.selection.empty && !before
      ? '请先选中要加链接的文字。'
      : '本站网页写 / 开头的地址即可；留空则去掉链接。';
  openPanel(
    place,
    [{ name: 'href', label: '网址', type: 'text', value: typeof before === 'string' ? before : '', hint }],
    '确定',
    async ({ values: { href = '' } }) => {
      if (href === '') chain(editor).extendMarkRange('link').unsetLink().run();
      else if (!ADDRESS.test(href)) return '网址应以 https:// 或 / 开头。';
      else chain(editor).extendMarkRange('link').setLink({ href }).run();
      return null;
    },
    () => editor.commands.focus(),
  );
}

/** Asks for a picture with its description, and puts it where the cursor is. `chosen` was pasted or dropped. */
export function askPicture(editor: Editor, place: HTMLElement, chosen: File | null = null): void {
  const at = editor.state.selection.to;
  openPanel(
    place,
    [
      ...(chosen ? [] : [{ name: 'file', label: '图片', type: 'file', hint: 'JPG、PNG 或 WebP。' } as const]),
      {
        name: 'alt',
        label: '图片说明（必填）',
        type: 'text',
        hint: '一句话写清画面里有什么，看不见图的人靠它。',
      },
      { name: 'caption', label: '图下文字', type: 'text', hint: '显示在图片下面，可以不写。' },
    ],
    '插入图片',
    async ({ values: { alt = '', caption = '' }, file }) => {
      const picture = chosen ?? file;
      if (!picture) return '请先选择图片。';
      if (alt === '') return '请写图片说明。';
      try {
        const attrs = { ...(await upload(picture)), alt, caption };
        chain(editor).insertContentAt(at, { type: 'picture', attrs }).run();
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : '没有传上去，请再试一次。';
      }
    },
    () => editor.commands.focus(),
  );
}

/** Draws the buttons over an editor and keeps them true to where the cursor is. */
export function drawToolbar(editor: Editor, bar: HTMLElement, place: HTMLElement): void {
  const tools: readonly Tool[] = [
    ...PLAIN_TOOLS,
    { label: '链接', run: (e) => askLink(e, place), active: (e) => e.isActive('link') },
    { label: '图片', run: (e) => askPicture(e, place) },
    ...LAST_TOOLS,
  ];
  const buttons = tools.map((tool) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = tool.label;
    if (tool.title) button.title = tool.title;
    button.addEventListener('click', () => tool.run(editor));
    bar.append(button);
    return { tool, button };
  });
  const refresh = (): void => {
    const table = editor.isActive('table');
    for (const { tool, button } of buttons) {
      button.hidden = tool.inTable === true && !table;
      if (tool.active) button.setAttribute('aria-pressed', String(tool.active(editor)));
      button.disabled = tool.able ? !tool.able(editor) : false;
    }
  };
  editor.on('transaction', refresh);
  refresh();
}
