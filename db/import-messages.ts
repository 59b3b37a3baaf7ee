import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EnvError, env } from '#core/env.ts';
import { AppError } from '#core/errors.ts';
import { assertAlone } from './alone.ts';
import { newestMigration, storeMigration, storeTarget } from './client.ts';
import { progressOn } from './progress.ts';

const USAGE = '用法：npm run import:messages -- 文件.ndjson [--publish]';

function readArguments(): { file: string; publish: boolean } {
  const { values, positionals } = parseArgs({
    options: { publish: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new EnvError(USAGE);
  return { file, publish: values.publish };
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) throw new EnvError(`文件 ${file} 不是 UTF-8 文本，请转换后再导入。`);
    throw new EnvError(`文件 ${file} 读不出来，请检查路径和权限。`);
  }
}

async function main(): Promise<void> {
  const { file, publish } = readArguments();
  const settings = env();
  if (publish && !settings.loopback) {
    throw new EnvError('SITE_URL 不是本机地址，导入的诉求不能直接公开；请去掉 --publish 重新运行。');
  }
  const target = storeTarget(settings.dataDir, settings.databaseUrl, settings.databaseAuthToken);
  assertAlone(target);
  const at = await storeMigration(target);
  if (at === null || at < newestMigration())
    throw new EnvError('数据库还没有准备好，请先运行 npm start 一次，再导入。');
  const text = readText(file);
  const [{ importMessages }, { system }, { closeStore }] = await Promise.all([
    import('#domains/hotline/import/service.ts'),
    import('#core/actor.ts'),
    import('#core/store.ts'),
  ]);
  try {
    const report = await importMessages(system('import-messages'), text, {
      publish,
      onProgress: progressOn(process.stdout, '已处理'),
    });
    for (const { line, of } of report.repeats)
      console.log(`重复：第 ${line} 行与第 ${of} 行内容相同，已分别导入，可在工作台并案。`);
    for (const { line, reason } of report.skips) console.log(`跳过：第 ${line} 行，${reason}。`);
    const access = report.published ? '已公开' : '未公开';
    console.log(
      `导入 ${report.imported} 条（${access}），原已导入 ${report.known} 条，重复 ${report.repeats.length} 条，跳过 ${report.skips.length} 条。`,
    );
  } finally {
    closeStore();
  }
}

try {
  await main();
} catch (error) {
  const known =
    error instanceof EnvError || error instanceof AppError || (error instanceof TypeError && 'code' in error);
  console.error(known ? (error instanceof TypeError ? USAGE : (error as Error).message) : error);
  process.exitCode = 1;
}
