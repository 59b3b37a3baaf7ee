declare namespace App {
  /** What an error page says; set by the middleware alone. */
  interface Problem {
    title: string;
    message: string;
    next: { label: string; href: string }[];
    /** The number under which the log knows it; only for what was no fault of the reader's. */
    reference: string | undefined;
  }

  interface Locals {
    requestId: string;
    /** The true address of who is asking. */
    address: string;
    view: 'standard' | 'elder' | 'contrast';
    answer: import('./core/answer.ts').Answer;
    /** Who is asking. Calling it makes the answer this person's own: it is never kept nor shared. */
    who(): Promise<import('./core/actor.ts').Actor>;
    problem?: Problem;
  }
}
