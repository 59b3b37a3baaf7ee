export interface Weights {
  home: number;
  article: number;
  readingScript: number;
  islandScript: number;
}

/** The bytes that go over the wire for an address, compressed as they are sent. */
export async function wireBytes(base: string, path: string): Promise<Buffer> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request(base + path, { headers: { 'Accept-Encoding': 'br' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(Buffer.concat(chunks)));
      answer.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

const pageText = async (base: string, path: string): Promise<string> => (await fetch(base + path)).text();

/** The addresses of published articles, from the site map. */
export async function articlePaths(base: string): Promise<string[]> {
  const xml = await pageText(base, '/sitemap.xml');
  return [...xml.matchAll(/<loc>[^<]*(\/news\/\d{8}\/\d+)<\/loc>/g)].flatMap(([, path]) => path ?? []);
}

const styles = (html: string): string[] =>
  [...html.matchAll(/<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"/g)].flatMap(([, href]) => href ?? []);

const scripts = (html: string): string[] => [
  ...[...html.matchAll(/<script[^>]*src="([^"]+)"/g)].flatMap(([, src]) => src ?? []),
  ...[...html.matchAll(/(?:component-url|renderer-url|before-hydration-url)="([^"]+)"/g)].flatMap(
    ([, src]) => src ?? [],
  ),
];

/** A script with all it imports, each counted once. */
async function scriptBytes(base: string, paths: readonly string[]): Promise<number> {
  const waiting = [...paths];
  const seen = new Set<string>();
  let total = 0;
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    total += (await wireBytes(base, path)).length;
    const text = await pageText(base, path);
    for (const [, to] of text.matchAll(/(?:from|import)\s*["'](\.{1,2}\/[^"']+|\/[^"']+)["']/g)) {
      if (to) waiting.push(new URL(to, base + path).pathname);
    }
  }
  return total;
}

async function pageWeight(base: string, path: string): Promise<{ total: number; script: number }> {
  const html = await pageText(base, path);
  let total = (await wireBytes(base, path)).length;
  for (const href of new Set(styles(html))) total += (await wireBytes(base, href)).length;
  const script = await scriptBytes(base, scripts(html));
  const inline = [...html.matchAll(/<script(?![^>]*src=)[^>]*>([\s\S]*?)<\/script>/g)].reduce(
    (sum, [, code]) => sum + (code?.length ?? 0),
    0,
  );
  return { total: total + script, script: script + inline };
}

/** What a reader's line carries, pictures apart. */
export async function weights(base: string, article: string): Promise<Weights> {
  const home = await pageWeight(base, '/');
  const one = await pageWeight(base, article);
  const form = await pageWeight(base, '/hotline/new');
  return { home: home.total, article: one.total, readingScript: one.script, islandScript: form.script };
}
