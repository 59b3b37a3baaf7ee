/** Work that runs by itself. Running it twice must do nothing twice: it also runs after a start, and again after a failure. */
export interface Job {
  /** Kebab case; `wake` of `#core/tags.ts` asks for a job by this name. */
  readonly name: string;
  /** Times of day are Beijing time. */
  readonly every: '1m' | '5m' | '1h' | `daily ${string}`;
  run(at: { now: Date }): Promise<void>;
}
