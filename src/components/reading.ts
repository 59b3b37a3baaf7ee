// Makes a page that already reads well kinder: text size, print, share. Nothing here is needed to read.
const root = document.documentElement;
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const SIZES = ['large', 'medium', 'small'];

function setSize(size: string): void {
  for (const one of SIZES) root.classList.toggle(`size-${one}`, one === size);
  for (const button of all('[data-size]')) {
    button.setAttribute('aria-pressed', String(button.dataset.size === size));
  }
}

function say(text: string): void {
  for (const place of all('[data-said]')) place.textContent = text;
}

async function share(): Promise<void> {
  const address = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href ?? location.href;
  if (able.share) return navigator.share({ title: document.title, url: address });
  await navigator.clipboard.writeText(address);
  say('网址已复制，可以粘贴给别人。');
}

// Old web views have neither; both are missing on plain http.
const able: { share?: unknown; clipboard?: unknown } = navigator;
const canShare = Boolean(able.share ?? able.clipboard);

const jobs: Record<string, () => void> = {
  print: () => print(),
  share: () => void share().catch(() => say('')),
};

for (const tool of all('[data-tool],[data-do]')) {
  if (tool.dataset.do !== 'share' || canShare) tool.hidden = false;
}
let kept: string | null = null;
try {
  kept = localStorage.getItem('size');
} catch {
  // Private windows of old Safari refuse storage: the choice then lasts for this page.
}
if (all('[data-size]').length > 0) setSize(kept && SIZES.includes(kept) ? kept : 'medium');

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-size],[data-do]') : null;
  const { size, do: job } = button?.dataset ?? {};
  if (job) jobs[job]?.();
  if (!size) return;
  setSize(size);
  try {
    localStorage.setItem('size', size);
  } catch {
    return;
  }
});
