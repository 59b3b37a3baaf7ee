import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { system } from '#core/actor.ts';
import { EnvError } from '#core/env.ts';
import type { ImportedDraft } from '#domains/news/legacy/service.ts';
import { onStore, runScript } from './maintenance.ts';

const USAGE = '用法：npm run import:legacy -- 文件或文件夹（.txt .htm .html .shtml）';
const PAGE = /\.(?:txt|s?html?)$/iu;
/** A page of text is far smaller; what is larger was not written by a person. */
const LARGEST = 5 * 1024 * 1024;

function readArguments(): string {
  try {
    const { positionals } = parseArgs({ allowPositionals: true });
    if (positionals.length === 1 && positionals[0]) return resolve(positionals[0]);
  } catch {
    // An unknown option is answered like a missing path.
  }
  throw new EnvError(USAGE);
}

/** The pages to read, as `[name within the import, path]`, and what was passed over. */
function pagesUnder(path: string): { pages: [string, string][]; others: string[] } {
  if (!existsSync(path)) throw new EnvError(`没有找到 ${path}，请检查路径。`);
  const isFolder = statSync(path).isDirectory();
  const root = isFolder ? path : dirname(path);
  const files = isFolder
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [path];
  const named = files.map((file): [string, string] => [relative(root, file).split(sep).join('/'), file]);
  const isPage = ([name, file]: [string, string]): boolean =>
    PAGE.test(name) && statSync(file).size <= LARGEST;
  return { pages: named.filter(isPage), others: named.filter((each) => !isPage(each)).map(([name]) => name) };
}

function tell(draft: ImportedDraft): void {
  const state = draft.known ? '原已导入，未改动' : `草稿，栏目“${draft.columnName}”`;
  console.log(`${draft.file}：《${draft.title}》（${state}）`);
  if (draft.known) return;
  for (const { message } of draft.warnings) console.log(`  · ${message}`);
  if (draft.suggestions > 0) console.log(`  · 有 ${draft.suggestions} 处修改建议，随草稿保存。`);
}

async function importPages(pages: readonly [string, string][]): Promise<ImportedDraft[]> {
  const { importLegacyFile } = await import('#domains/news/legacy/service.ts');
  const drafts: ImportedDraft[] = [];
  for (const [name, file] of pages) {
    const made = await importLegacyFile(system('import-legacy'), { name, bytes: readFileSync(file) });
    for (const draft of made) tell(draft);
    drafts.push(...made);
  }
  return drafts;
}

await runScript(async () => {
  const { pages, others } = pagesUnder(readArguments());
  const drafts = await onStore(() => importPages(pages));
  if (others.length > 0) {
    const named = others.slice(0, 20).join('、');
    const more = others.length > 20 ? ' 等' : '';
    console.log(`未读取 ${others.length} 个文件（不是网页或文本，或超过 5 MB）：${named}${more}`);
  }
  const known = drafts.filter((draft) => draft.known).length;
  console.log(
    `读了 ${pages.length} 个文件，新建草稿 ${drafts.length - known} 篇，原已导入 ${known} 篇。草稿都要人工核对后才能发布。`,
  );
});
