const KEY = 'linsheng.complaint';
const LIFE_MS = 7 * 86_400_000;

/** What is kept of a form: never who writes it. Name, telephone and position are not in the list. */
const KEPT = ['body', 'category', 'title', 'place', 'address', 'secrecy'] as const;

export interface Draft {
  at: number;
  values: Readonly<Record<string, string>>;
}

/** Local storage may be full, or forbidden: a draft is a kindness, never a need. */
function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}

export const dropDraft = (): void => {
  attempt(() => localStorage.removeItem(KEY));
};

export function readDraft(now: number): Draft | null {
  const draft = attempt(() => JSON.parse(localStorage.getItem(KEY) ?? 'null') as Draft | null);
  if (!draft || typeof draft.at !== 'number' || !draft.values?.body) return null;
  if (now - draft.at > LIFE_MS) {
    dropDraft();
    return null;
  }
  return draft;
}

/** Keeps what is written. What concerns women's and children's rights stays nowhere on the device. */
export function keepDraft(form: HTMLFormElement, now: number): void {
  const data = new FormData(form);
  const values: Record<string, string> = {};
  for (const name of KEPT) values[name] = String(data.get(name) ?? '');
  if (values.category === 'RIGHTS' || !values.body) dropDraft();
  else attempt(() => localStorage.setItem(KEY, JSON.stringify({ at: now, values })));
}

export function fill(form: HTMLFormElement, draft: Draft): void {
  for (const name of KEPT) {
    const value = draft.values[name] ?? '';
    const field = form.elements.namedItem(name);
    if (field instanceof RadioNodeList) field.value = value;
    else if (
      field instanceof HTMLInputElement ||
      field instanceof HTMLSelectElement ||
      field instanceof HTMLTextAreaElement
    ) {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
}
