/** Fills a store that is empty: the demonstration city, or what every city begins with. */
export async function fillEmptyStore(): Promise<void> {}
