/** One person's browser, as far as forms need it: cookies, hidden fields, redirects not followed. */
export class Visitor {
  readonly #base: string;
  readonly #address: string;
  readonly #cookies = new Map<string, string>();

  /** `address` is what a trusted proxy would say; empty without one. */
  constructor(base: string, address: string) {
    this.#base = base;
    this.#address = address;
  }

  async get(path: string): Promise<{ status: number; text: string }> {
    const answer = await fetch(this.#base + path, { headers: this.#headers(), redirect: 'manual' });
    this.#remember(answer);
    return { status: answer.status, text: await answer.text() };
  }

  /** Sends a form urlencoded. Gives the status and where it led. */
  async post(
    path: string,
    fields: Record<string, string>,
  ): Promise<{ status: number; location: string; text: string; headers: Headers }> {
    const answer = await fetch(this.#base + path, {
      method: 'POST',
      headers: { ...this.#headers(), Origin: this.#base },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
    this.#remember(answer);
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      text: await answer.text(),
      headers: answer.headers,
    };
  }

  #headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { ...(this.#address && { 'X-Forwarded-For': this.#address }), ...(cookie && { Cookie: cookie }) };
  }

  #remember(answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
  }
}

const decoded = (value: string): string =>
  value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The hidden fields of the first form that sends `name`. */
export function hiddenFields(html: string, having: string): Record<string, string> {
  const form = html.match(/<form[\s\S]*?<\/form>/g)?.find((part) => part.includes(having)) ?? '';
  const fields: Record<string, string> = {};
  for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    if (name) fields[name] = decoded(/value="([^"]*)"/.exec(input)?.[1] ?? '');
  }
  return fields;
}
