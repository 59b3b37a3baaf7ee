import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

/** Lets the reporter see a run with these files and late errors, in a process of its own, and gives what that process left. */
function closing(files: { tests: string[]; state: string }[], late: number, exitCode = 0) {
  const script = `
    const { ClosingLine } = await import('./tests/support/reporter.ts');
    const reporter = new ClosingLine();
    const files = ${JSON.stringify(files)};
    reporter.onTestRunEnd(files.map(({ tests, state }) => ({
      children: { allTests: () => tests.map((state) => ({ result: () => ({ state }) })) },
      state: () => state,
    })), Array.from({ length: ${late} }));
    console.log('the usual last words');
    process.exit(${exitCode});`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  return { status, line: stdout.toString().split('\n').at(-2) };
}

describe('the closing line', () => {
  test.each([
    [
      'all passed',
      [{ tests: ['passed', 'passed', 'skipped'], state: 'passed' }],
      0,
      0,
      '2 passed, 0 failed',
      0,
    ],
    ['one failed', [{ tests: ['passed', 'failed'], state: 'failed' }], 0, 0, '1 passed, 1 failed', 1],
    [
      'a file that did not load',
      [
        { tests: [], state: 'failed' },
        { tests: ['passed'], state: 'passed' },
      ],
      0,
      0,
      '1 passed, 1 failed',
      1,
    ],
    [
      'a hook that failed after its tests',
      [{ tests: ['passed'], state: 'failed' }],
      0,
      0,
      '1 passed, 1 failed',
      1,
    ],
    ['an error outside every test', [{ tests: ['passed'], state: 'passed' }], 1, 0, '1 passed, 1 failed', 1],
    ['no test at all', [], 0, 0, '0 passed, 1 failed', 1],
    ['an exit for another reason', [{ tests: ['passed'], state: 'passed' }], 0, 3, '1 passed, 1 failed', 1],
  ])('%s', (_, files, late, exitCode, line, status) => {
    expect(closing(files, late, exitCode)).toEqual({ line, status });
  });
});
