const EVERY_MS = 20_000;

const typedIn = (form: HTMLFormElement): URLSearchParams => {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && name !== '_form') typed.append(name, value);
  }
  return typed;
};

/**
 * Sends what is typed to the server every twenty seconds while it changes, and when the page is left; says so under the
 * form. Gives the way to do it at once.
 */
export function keepSaving(form: HTMLFormElement, address: string, said: HTMLElement): () => Promise<void> {
  let last = typedIn(form).toString();
  let running: Promise<void> | null = null;

  const say = (words: string, bad = false): void => {
    said.textContent = words;
    said.classList.toggle('is-bad', bad);
  };
  const send = async (typed: URLSearchParams): Promise<void> => {
    try {
      const answer = await fetch(address, { method: 'POST', body: typed, redirect: 'manual' });
      const { at, warning, problem }: { at?: string; warning?: string | null; problem?: string } =
        await answer.json().catch(() => ({}));
      if (answer.ok && at) {
        last = typed.toString();
        say(warning ? `已自动保存 ${at}。注意：${warning}。` : `已自动保存 ${at}`, Boolean(warning));
      } else {
        say(`没有自动保存：${problem ?? '登录已过期'} 文字都还在，请在新窗口登录后继续。`, true);
      }
    } catch {
      say('没有自动保存：网络不通。文字都还在这一页，接通后会再试。', true);
    }
  };
  const flush = async (): Promise<void> => {
    const typed = typedIn(form);
    if (typed.toString() === last) return;
    running ??= send(typed).finally(() => {
      running = null;
    });
    await running;
  };

  setInterval(flush, EVERY_MS);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void flush();
  });
  return flush;
}
