import { describe, expect, test } from 'vitest';
import { nextStep, type Standing, waitAfter } from '#domains/accounts/sign-in/rules.ts';

const NOW = new Date('2026-03-05T04:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

describe('the growing delay', () => {
  test.each([
    ['account', 4, 0, 0],
    ['account', 5, 0, 30],
    ['account', 6, 0, 60],
    ['account', 7, 0, 120],
    ['account', 9, 0, 480],
    ['account', 10, 0, 900],
    ['account', 500, 0, 900],
    ['account', 5, 29.5, 1],
    ['account', 5, 30, 0],
    ['address', 40, 0, 0],
    ['address', 41, 0, 30],
  ] as const)('%s, %i failures, the last %d s ago: wait %i s', (kind, count, seconds, wait) => {
    expect(waitAfter(kind, { count, lastAt: ago(seconds) }, NOW)).toBe(wait);
  });
});

describe('the steps of a sign-in', () => {
  const plain: Standing = {
    enrolled: false,
    codeGiven: false,
    mustChange: false,
    expired: false,
    roles: ['editor'],
  };
  test.each([
    ['a right password is enough for most', {}, 'in'],
    ['a second factor is asked for where there is one', { enrolled: true }, 'code'],
    ['and before the password may be changed', { enrolled: true, mustChange: true }, 'code'],
    ['then the password', { enrolled: true, codeGiven: true, mustChange: true }, 'password'],
    ['an old password under the assessor’s policy', { expired: true }, 'password'],
    ['an administrator enrols', { roles: ['sysAdmin'] }, 'enrol'],
    ['but changes the first password before', { roles: ['auditor'], mustChange: true }, 'password'],
    ['an enrolled administrator is in', { roles: ['secAdmin'], enrolled: true, codeGiven: true }, 'in'],
  ] as const)('%s', (_name, over, step) => {
    expect(nextStep({ ...plain, ...over }, ['sysAdmin', 'secAdmin', 'auditor'])).toBe(step);
  });
});
