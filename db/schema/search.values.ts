export const SEARCH_KINDS = ['article', 'bulletin', 'honor', 'case', 'community'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];
