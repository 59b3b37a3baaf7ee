import type { ServerResponse } from 'node:http';
import type { Head } from './headers.ts';

/** Fails when a row written by the writer is not seen by the reader. */
export type Probe = () => Promise<void>;

const WRITERS = Symbol.for('linsheng.writers');
// Readiness costs a commit: however often it is asked, the store is asked once a second.
const TRUSTED_FOR = 1_000;

/** The number of writers that this process holds. More than one means that a module was loaded twice, and changes can be lost. */
export function writerCount(): number {
  const registry: unknown = Reflect.get(globalThis, WRITERS);
  if (registry instanceof Set) return registry.size;
  if (Array.isArray(registry)) return registry.length;
  return typeof registry === 'number' ? registry : 0;
}

export interface Health {
  /** Answers 200 while the process lives. */
  alive(res: ServerResponse, common: Head): void;
  /** Answers 200 while changes are kept and the door is open, else 503. */
  ready(res: ServerResponse, common: Head): Promise<void>;
  /** From now on: not ready. */
  close(): void;
}

export function health(probe: Probe, now: () => number): Health {
  let closing = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asked: Promise<boolean> = Promise.resolve(false);

  const ask = (): Promise<boolean> => {
    if (now() - askedAt >= TRUSTED_FOR) {
      askedAt = now();
      asked = probe().then(
        () => true,
        () => false,
      );
    }
    return asked;
  };

  const send = (res: ServerResponse, common: Head, status: number, what: object): void => {
    const type = ['Content-Type', 'application/json; charset=utf-8', 'Cache-Control', 'no-store'];
    res.writeHead(status, [...common, ...type]).end(JSON.stringify(what));
  };

  return {
    alive: (res, common) => send(res, common, 200, { alive: true }),
    async ready(res, common) {
      const ready = !closing && (await ask());
      send(res, common, ready ? 200 : 503, { ready, writers: writerCount() });
    },
    close() {
      closing = true;
    },
  };
}
