/** What is asked in a panel: a field, or several. */
export interface Question {
  name: string;
  label: string;
  type: 'text' | 'file';
  value?: string;
  hint?: string;
}

type Answers = Record<string, string> & { file?: never };

export interface Answered {
  values: Answers;
  file: File | null;
}

const element = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  set: Partial<HTMLElementTagNameMap[K]> = {},
): HTMLElementTagNameMap[K] => Object.assign(document.createElement(tag), set);

/**
 * Opens a panel under the toolbar, with the first field in focus. `done` may refuse with a sentence to be shown; the panel
 * closes when it gives `null`.
 */
export function openPanel(
  place: HTMLElement,
  questions: readonly Question[],
  action: string,
  done: (answered: Answered) => Promise<string | null>,
  closed: () => void,
): void {
  place.replaceChildren();
  const inputs = questions.map(({ name, label, type, value, hint }) => {
    const input = element('input', { type, className: 'input', id: `panel-${name}`, name: '' });
    if (type === 'text') input.value = value ?? '';
    else input.accept = 'image/jpeg,image/png,image/webp';
    place.append(element('label', { htmlFor: input.id, textContent: label }));
    if (hint) place.append(element('p', { className: 'hint', textContent: hint }));
    place.append(input);
    return { name, input };
  });
  const problem = element('p', { className: 'problem' });
  problem.setAttribute('role', 'alert');
  const go = element('button', { type: 'button', className: 'btn', textContent: action });
  const cancel = element('button', { type: 'button', className: 'btn btn-quiet', textContent: '取消' });
  const actions = element('div', { className: 'actions' });
  actions.append(go, cancel);
  place.append(problem, actions);
  place.hidden = false;
  inputs[0]?.input.focus();

  const close = (): void => {
    place.hidden = true;
    place.replaceChildren();
    closed();
  };
  const run = async (): Promise<void> => {
    go.disabled = true;
    problem.textContent = '';
    const values: Answers = Object.fromEntries(inputs.map(({ name, input }) => [name, input.value.trim()]));
    const file = inputs.map(({ input }) => input.files?.[0]).find(Boolean) ?? null;
    const refusal = await done({ values, file });
    go.disabled = false;
    if (refusal === null) close();
    else problem.textContent = refusal;
  };
  go.addEventListener('click', run);
  cancel.addEventListener('click', close);
  place.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    // Enter would send the whole article.
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      void run();
    }
  });
}
