import { EnvError, env } from '#core/env.ts';
import { ROLE_LABEL } from '#core/permissions.ts';
import { newestMigration, storeMigration, storeTarget } from './client.ts';

/** Makes the system and the security administrator of a new city, and prints their first passwords once. */
async function main(): Promise<void> {
  const { dataDir, databaseUrl, databaseAuthToken, siteUrl } = env();
  const at = await storeMigration(storeTarget(dataDir, databaseUrl, databaseAuthToken));
  if (at === null || at < newestMigration()) {
    throw new EnvError(
      `数据文件夹 ${dataDir} 里还没有可用的数据库，请先运行一次 npm start（正式站点设 DEMO=0）。`,
    );
  }
  const { reader } = await import('#core/store.ts');
  const { findMeta } = await import('#domains/settings/store.ts');
  if ((await findMeta(reader, 'demo')) === '1') {
    throw new EnvError('这是演示站点，账号都在 demo-accounts.json 里，不另建管理员。');
  }
  const { createAdministrators } = await import('#domains/accounts/setup/service.ts');
  const made = await createAdministrators();
  if (made.length === 0) {
    console.log('系统管理员和安全管理员都已经有了，没有新建。忘记密码请由另一位系统管理员在工作台重置。');
    return;
  }
  console.log('已建好下面的账号。初始密码只显示这一次，请记下后清屏：');
  for (const { role, username, password } of made) {
    console.log(`  ${ROLE_LABEL[role]}  用户名 ${username}  初始密码 ${password}`);
  }
  console.log(`请到 ${siteUrl.origin}/staff/sign-in 登录：先换成自己的密码，再用手机验证器启用动态码。`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof EnvError ? error.message : error);
  process.exitCode = 1;
}
