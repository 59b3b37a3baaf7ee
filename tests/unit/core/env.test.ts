import { describe, expect, test } from 'vitest';
import { EnvError, parseEnv } from '#core/env.ts';

describe('settings of the process', () => {
  test('have defaults that start the demonstration on this machine', () => {
    const env = parseEnv({});
    expect(env).toMatchObject({
      port: 4321,
      host: '127.0.0.1',
      demo: true,
      loopback: true,
      logLevel: 'info',
    });
    expect(env.siteUrl.origin).toBe('http://127.0.0.1:4321');
    expect(env.dataDir).toMatch(/\/data$/);
    expect(env.keyFile).toBe(`${env.dataDir}/keys.json`);
  });

  test.each([
    ['an empty value is no value', { SITE_URL: '', DEMO: '', KEY_FILE: '' }, { demo: true }],
    [
      'a public site is no demonstration',
      { SITE_URL: 'https://www.example.gov.cn' },
      { demo: false, loopback: false },
    ],
    ['DEMO=0 on this machine', { DEMO: '0' }, { demo: false, loopback: true }],
    [
      'proxies in a list',
      { TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' },
      { trustedProxies: ['127.0.0.1', '10.0.0.0/8'] },
    ],
    ['listening everywhere', { HOST: '0.0.0.0', PORT: '80' }, { host: '0.0.0.0', port: 80, loopback: true }],
    [
      'an SMS gateway on this machine, for tests',
      { SMS_URL: 'http://127.0.0.1:9/sms' },
      { smsUrl: 'http://127.0.0.1:9/sms' },
    ],
  ])('%s', (_name, source, expected) => {
    expect(parseEnv(source)).toMatchObject(expected);
  });

  test.each([
    ['PORT', { PORT: 'abc' }],
    ['PORT', { PORT: '70000' }],
    ['DEMO', { DEMO: 'yes' }],
    ['SITE_URL', { SITE_URL: 'www.example.gov.cn' }],
    ['SITE_URL', { SITE_URL: 'http://www.example.gov.cn' }],
    ['SITE_URL', { SITE_URL: 'https://www.example.gov.cn/portal' }],
    ['DEMO=1', { SITE_URL: 'https://www.example.gov.cn', DEMO: '1' }],
    ['SMTP_URL', { SMTP_URL: 'mail.example' }],
    ['SMS_URL', { SMS_URL: 'http://sms.example/send' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['DATA_DIR', { DATA_DIR: '' }],
  ])('%s that makes no sense is one sentence', (name, source) => {
    let said = '';
    try {
      parseEnv(source);
    } catch (error) {
      expect(error).toBeInstanceOf(EnvError);
      said = (error as Error).message;
    }
    expect(said).toContain(name);
    expect(said).toMatch(/。$/);
    expect(said.match(/。/g)).toHaveLength(1);
  });
});
