declare namespace App {
  interface Locals {
    requestId: string;
    /** The true address of who is asking. */
    address: string;
    view: 'standard' | 'elder' | 'contrast';
    /** What the page tells the front door: written by `#core/answer.ts` alone. */
    answer: import('./core/answer.ts').Answer;
  }
}
