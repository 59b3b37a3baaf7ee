import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { system } from '#core/actor.ts';
import { EnvError, env } from '#core/env.ts';
import type { ImportReport } from '#domains/hotline/import/service.ts';
import { onStore, runScript } from './maintenance.ts';
import { progressOn } from './progress.ts';

const USAGE = '用法：npm run import:messages -- 文件.ndjson [--publish]';

function readArguments(): { file: string; publish: boolean } {
  try {
    const { values, positionals } = parseArgs({
      options: { publish: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (file !== undefined && more.length === 0) return { file, publish: values.publish };
  } catch {
    // An unknown option is answered like a missing file.
  }
  throw new EnvError(USAGE);
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) throw new EnvError(`文件 ${file} 不是 UTF-8 文本，请转换后再导入。`);
    throw new EnvError(`文件 ${file} 读不出来，请检查路径和权限。`);
  }
}

function tell({ imported, known, repeats, skips, published }: ImportReport): void {
  for (const { line, of } of repeats)
    console.log(`重复：第 ${line} 行与第 ${of} 行内容相同，已分别导入，可在工作台并案。`);
  for (const { line, reason } of skips) console.log(`跳过：第 ${line} 行，${reason}。`);
  const access = published ? '已公开' : '未公开';
  console.log(
    `导入 ${imported} 条（${access}），原已导入 ${known} 条，重复 ${repeats.length} 条，跳过 ${skips.length} 条。`,
  );
}

await runScript(async () => {
  const { file, publish } = readArguments();
  if (publish && !env().loopback) {
    throw new EnvError('SITE_URL 不是本机地址，导入的诉求不能直接公开；请去掉 --publish 重新运行。');
  }
  const text = readText(file);
  await onStore(async () => {
    const { importMessages } = await import('#domains/hotline/import/service.ts');
    const onProgress = progressOn(process.stdout, '已处理');
    tell(await importMessages(system('import-messages'), text, { publish, onProgress }));
  });
});
