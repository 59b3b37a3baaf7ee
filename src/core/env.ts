import { resolve } from 'node:path';
import { z } from 'zod';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

export interface Env {
  port: number;
  host: string;
  dataDir: string;
  keyFile: string;
  databaseUrl: string | undefined;
  databaseAuthToken: string | undefined;
  siteUrl: URL;
  /** Whether an empty store is filled with the demonstration city. */
  demo: boolean;
  trustedProxies: string[];
  smtpUrl: string | undefined;
  smsUrl: string | undefined;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Whether the site's own address is this machine alone. */
  loopback: boolean;
}

/** A setting that makes no sense: one Chinese sentence for the person who started the program. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
}

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

const optional = z
  .string()
  .trim()
  .optional()
  .transform((value) => (value === '' ? undefined : value));

const url = (name: string, protocols: readonly string[]) =>
  optional.superRefine((value, ctx) => {
    if (value === undefined) return;
    const parsed = URL.canParse(value) ? new URL(value) : null;
    if (!parsed || !protocols.includes(parsed.protocol)) {
      const starts = protocols.map((p) => `${p}//`).join(' 或 ');
      ctx.addIssue(`设置 ${name} 应以 ${starts} 开头，请改正后再启动。`);
    }
  });

const Settings = z.object({
  PORT: z
    .string()
    .default('4321')
    .refine(
      (v) => /^\d{1,5}$/.test(v) && Number(v) > 0 && Number(v) < 65_536,
      '设置 PORT 应为 1 到 65535 的整数，请改正后再启动。',
    ),
  HOST: z.string().min(1, '设置 HOST 不能为空，请改正后再启动。').default('127.0.0.1'),
  DATA_DIR: z.string().min(1, '设置 DATA_DIR 不能为空，请写明数据文件夹。').default('./data'),
  KEY_FILE: optional,
  DATABASE_URL: url('DATABASE_URL', ['libsql:', 'http:', 'https:', 'ws:', 'wss:']),
  DATABASE_AUTH_TOKEN: optional,
  SITE_URL: url('SITE_URL', ['http:', 'https:']),
  DEMO: optional.refine(
    (v) => v === undefined || v === '0' || v === '1',
    '设置 DEMO 只能是 0 或 1，请改正后再启动。',
  ),
  TRUSTED_PROXIES: optional,
  SMTP_URL: url('SMTP_URL', ['smtp:', 'smtps:']),
  SMS_URL: url('SMS_URL', ['https:', 'http:']),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `设置 LOG_LEVEL 应为 ${LOG_LEVELS.join('、')} 之一，请改正后再启动。`)
    .default('info'),
});

function defaultSiteUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function siteUrlOf(value: string): { siteUrl: URL; loopback: boolean } {
  if (!URL.canParse(value)) {
    throw new EnvError('设置 HOST 不是有效的地址，请改正后再启动。');
  }
  const siteUrl = new URL(value);
  const loopback = LOOPBACK_HOSTS.includes(siteUrl.hostname);
  if (siteUrl.pathname !== '/' || siteUrl.search || siteUrl.hash) {
    throw new EnvError(
      '设置 SITE_URL 只写协议和域名，例如 https://www.example.gov.cn，不带路径，请改正后再启动。',
    );
  }
  if (siteUrl.protocol === 'http:' && !loopback) {
    throw new EnvError(
      'SITE_URL 不是本机地址时必须以 https:// 开头（登录凭据不能明文传输），请改正后再启动。',
    );
  }
  return { siteUrl, loopback };
}

function checkSmsUrl(value: string | undefined): void {
  const sms = value ? new URL(value) : null;
  if (sms?.protocol === 'http:' && !LOOPBACK_HOSTS.includes(sms.hostname)) {
    throw new EnvError('设置 SMS_URL 应以 https:// 开头（短信含手机号，不能明文传输），请改正后再启动。');
  }
}

/** Reads the settings. Throws `EnvError` with one sentence for the first that makes no sense. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = Settings.safeParse(source);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues[0]?.message ?? '环境变量有误，请检查后再启动。');
  }
  const s = parsed.data;
  const port = Number(s.PORT);
  const { siteUrl, loopback } = siteUrlOf(s.SITE_URL ?? defaultSiteUrl(s.HOST, port));
  checkSmsUrl(s.SMS_URL);
  const demo = s.DEMO === undefined ? loopback : s.DEMO === '1';
  if (demo && !loopback) {
    throw new EnvError('DEMO=1 只能用于本机地址，正式站点请设 DEMO=0 后再启动。');
  }
  const dataDir = resolve(s.DATA_DIR);
  return {
    port,
    host: s.HOST,
    dataDir,
    keyFile: s.KEY_FILE ? resolve(s.KEY_FILE) : resolve(dataDir, 'keys.json'),
    databaseUrl: s.DATABASE_URL,
    databaseAuthToken: s.DATABASE_AUTH_TOKEN,
    siteUrl,
    demo,
    trustedProxies: (s.TRUSTED_PROXIES ?? '')
      .split(',')
      .map((v) => v.trim())
      .filter(Boolean),
    smtpUrl: s.SMTP_URL,
    smsUrl: s.SMS_URL,
    logLevel: s.LOG_LEVEL,
    loopback,
  };
}

let current: Env | null = null;

/** The settings of this process, read once. Throws `EnvError`. */
export function env(): Env {
  current ??= parseEnv(process.env);
  return current;
}
