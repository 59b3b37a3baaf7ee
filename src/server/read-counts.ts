/** Readers of one page since the last writing down. */
export interface PathReads {
  readonly path: string;
  people: number;
  bots: number;
}

export interface ReadRow {
  readonly path: string;
  /** Beijing day. */
  readonly day: string;
  readonly people: number;
  readonly bots: number;
}

const BOT =
  /(?<!cu)bot\b|spider|crawl|slurp|archiver|preview|monitor|curl|wget|python|java\/|go-http|okhttp|lighthouse|scrapy|httpclient|feed/i;
const MOST_AGENTS = 5_000;

/**
 * Counts the readers of each page, programs apart, in memory: cached pages run no other code of ours.
 * `take` empties it; what could not be written down comes back through `giveBack`.
 */
export class ReadCounts {
  readonly #agents = new Map<string, boolean>();
  #dirty: PathReads[] = [];
  #kept: ReadRow[] = [];

  /** A counter for the page at a path. Paths with and without a slash at the end are one page. */
  of(path: string): PathReads {
    return { path: path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path, people: 0, bots: 0 };
  }

  /** Counts one reader. Runs for every cached page that is served. */
  add(reads: PathReads, agent: string | undefined): void {
    if (reads.people === 0 && reads.bots === 0) this.#dirty.push(reads);
    if (this.#isBot(agent)) reads.bots += 1;
    else reads.people += 1;
  }

  /** What was counted since the last call, as rows of one day. */
  take(day: string): ReadRow[] {
    const rows = new Map<string, { path: string; day: string; people: number; bots: number }>();
    for (const counted of [...this.#kept, ...this.#dirty.map((reads) => ({ ...reads, day }))]) {
      const key = `${counted.day} ${counted.path}`;
      const row = rows.get(key);
      if (row) {
        row.people += counted.people;
        row.bots += counted.bots;
      } else rows.set(key, { ...counted });
    }
    for (const reads of this.#dirty) {
      reads.people = 0;
      reads.bots = 0;
    }
    this.#dirty = [];
    this.#kept = [];
    return [...rows.values()];
  }

  /** Keeps rows that could not be written down for the next `take`. */
  giveBack(rows: readonly ReadRow[]): void {
    this.#kept.push(...rows);
  }

  #isBot(agent: string | undefined): boolean {
    if (agent === undefined) return true;
    const known = this.#agents.get(agent);
    if (known !== undefined) return known;
    if (this.#agents.size >= MOST_AGENTS) this.#agents.clear();
    const bot = BOT.test(agent);
    this.#agents.set(agent, bot);
    return bot;
  }
}
