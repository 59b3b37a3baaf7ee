// Makes a page that already reads well kinder: text size, reading aloud, print, share. Nothing here is needed to read.
const root = document.documentElement;
const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const SIZES = ['large', 'medium', 'small'];

// Old web views lack some of these, and plain http hides others.
const able: { share?: unknown; clipboard?: unknown } = navigator;
const CAN: Record<string, boolean> = {
  print: true,
  share: Boolean(able.share ?? able.clipboard),
  speak: 'speechSynthesis' in window,
};

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

function speak(button: HTMLElement): void {
  const voice = speechSynthesis;
  const talking = voice.speaking;
  voice.cancel();
  button.textContent = talking ? '朗读' : '停止朗读';
  if (talking) return;
  // Chrome falls silent after some fifteen seconds of one utterance: a paragraph each keeps it going.
  for (const part of all('h1,.prose p,.prose li,.prose h2,.prose h3')) {
    const words = new SpeechSynthesisUtterance(part.textContent ?? '');
    words.lang = 'zh-CN';
    words.onend = () => {
      if (!voice.pending) button.textContent = '朗读';
    };
    voice.speak(words);
  }
}

const JOBS: Record<string, (button: HTMLElement) => void> = {
  print: () => print(),
  share: () => void share().catch(() => say('')),
  speak,
};

for (const tool of all('[data-tool],[data-do]')) tool.hidden = !(CAN[tool.dataset.do ?? 'print'] ?? true);

let kept: string | null = null;
try {
  kept = localStorage.getItem('size');
} catch {
  // Private windows of old Safari refuse storage: the choice then lasts for this page.
}
if (all('[data-size]').length > 0) setSize(kept && SIZES.includes(kept) ? kept : 'medium');

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-size],[data-do]') : null;
  if (!button) return;
  const { size, do: job } = button.dataset;
  if (job) JOBS[job]?.(button);
  if (!size) return;
  setSize(size);
  try {
    localStorage.setItem('size', size);
  } catch {
    return;
  }
});
addEventListener('pagehide', () => {
  if (CAN.speak) speechSynthesis.cancel();
});
