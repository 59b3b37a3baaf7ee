import { Editor } from '@tiptap/core';
import { keepSaving } from './autosave.ts';
import { extensions } from './extensions.ts';
import { askPicture, drawToolbar } from './toolbar.ts';

const block = (className: string): HTMLDivElement =>
  Object.assign(document.createElement('div'), { className });

const picturesIn = (data: DataTransfer | null): File | null =>
  [...(data?.files ?? [])].find((file) => file.type.startsWith('image/')) ?? null;

/** Puts the rich editor in the place of the text area, which goes on carrying the text to the server. */
function enrich(host: HTMLElement): void {
  const area = host.querySelector('textarea');
  const label = host.querySelector('label');
  if (!area || !label) return;
  const bar = block('editor-bar');
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', '正文格式');
  const panel = block('editor-panel');
  panel.hidden = true;
  const text = block('editor-text');
  area.before(bar, panel, text);
  area.hidden = true;
  for (const hint of host.querySelectorAll<HTMLElement>('.hint')) hint.hidden = true;
  label.id = 'editor-label';
  label.addEventListener('click', () => editor.commands.focus());

  const take = (data: DataTransfer | null): boolean => {
    const picture = picturesIn(data);
    if (picture) askPicture(editor, panel, picture);
    return picture !== null;
  };
  const editor = new Editor({
    element: text,
    extensions,
    content: area.value,
    injectCSS: false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': 'editor-label',
        lang: 'zh-CN',
      },
      handlePaste: (_view, event) => take(event.clipboardData),
      handleDrop: (_view, event) => take(event.dataTransfer),
    },
    onUpdate: () => {
      area.value = editor.isEmpty ? '' : editor.getHTML();
    },
  });
  drawToolbar(editor, bar, panel);
}

const form = document.querySelector<HTMLFormElement>('form[data-article]');
const said = form?.querySelector<HTMLElement>('[data-autosave]');
for (const host of document.querySelectorAll<HTMLElement>('[data-editor]')) enrich(host);
if (form && said) {
  const flush = keepSaving(form, form.dataset.article ?? '', said);
  // The other forms of the page lead back to it: what stands in the text must be kept before one of them goes.
  for (const other of document.querySelectorAll<HTMLFormElement>('form[data-keep]')) {
    other.addEventListener('submit', async (event) => {
      event.preventDefault();
      await flush();
      other.submit();
    });
  }
}
