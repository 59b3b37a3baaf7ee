import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

const STDOUT = 1;

/**
 * Counts what ran, and says so in the very last line of the process: `N passed, N failed`. A file that did not load, an error
 * outside every test and an exit for any other reason count as failures; so does a run without a single test.
 */
export class ClosingLine implements Reporter {
  #passed = 0;
  #failed = 0;

  constructor() {
    process.once('exit', (code) => {
      if (this.#failed === 0 && (code !== 0 || this.#passed === 0)) this.#failed = 1;
      if (this.#failed > 0) process.exitCode = 1;
      writeSync(STDOUT, `${this.#passed} passed, ${this.#failed} failed\n`);
    });
  }

  /** Counts a failure that no test saw. */
  fail(): void {
    this.#failed += 1;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      const failed = states.filter((state) => state === 'failed').length;
      this.#passed += states.filter((state) => state === 'passed').length;
      this.#failed += failed;
      if (failed === 0 && module.state() === 'failed') this.#failed += 1;
    }
    this.#failed += unhandled.length;
  }
}
