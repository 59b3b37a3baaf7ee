/** Signs that may have an innocent cause: one is a reason to look, two together stop publication. */
const HEURISTICS = ['lexicon', 'hidden_node', 'outbound_host', 'script', 'meta_differs'] as const;
/** Signs that have no innocent cause: each stops publication by itself. */
const CERTAINTIES = ['site_name', 'revision_signature', 'asset_manifest', 'cloaking'] as const;

export type Signal = (typeof HEURISTICS)[number] | (typeof CERTAINTIES)[number];
export type Verdict = 'clean' | 'review' | 'block';

/** The two-signal rule: any certainty or two different heuristics block, one heuristic asks for a look. */
export function judge(signals: Iterable<Signal>): Verdict {
  const seen = new Set<Signal>(signals);
  if (seen.size >= 2 || CERTAINTIES.some((sign) => seen.has(sign))) return 'block';
  return seen.size === 1 ? 'review' : 'clean';
}
