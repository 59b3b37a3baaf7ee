import type { Limits } from './limits.ts';
import { type Job, type Rendered, RenderRefused, RenderTimeout } from './render.ts';

/** How long someone is willing to wait; what still makes progress is given more time. */
export class Patience {
  readonly expired: Promise<never>;
  #timer: NodeJS.Timeout | null = null;

  constructor(milliseconds: number) {
    this.expired = new Promise((_, reject) => {
      this.#timer = setTimeout(() => reject(new RenderTimeout()), milliseconds);
    });
    this.expired.catch(() => {});
  }

  extend(): void {
    this.#timer?.refresh();
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }
}

/**
 * Lets so many renders run at one time and refuses the rest at once, with `RenderRefused`. Forms have a lane of their own:
 * slow uploads must not keep readers out. A render that takes too long is given up with `RenderTimeout`.
 */
export class RenderGate {
  readonly #render: (job: Job) => Promise<Rendered>;
  readonly #most: { readonly GET: number; readonly POST: number };
  readonly #running = { GET: 0, POST: 0 };

  constructor(render: (job: Job) => Promise<Rendered>, limits: Limits) {
    this.#render = render;
    this.#most = { GET: limits.renders, POST: limits.uploads };
  }

  async run(job: Job, patience: Patience): Promise<Rendered> {
    const lane = job.method;
    try {
      if (this.#running[lane] >= this.#most[lane]) throw new RenderRefused();
      this.#running[lane] += 1;
      try {
        return await Promise.race([this.#render(job), patience.expired]);
      } finally {
        this.#running[lane] -= 1;
      }
    } finally {
      patience.end();
    }
  }
}
