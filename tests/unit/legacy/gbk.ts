let table: Map<string, readonly [number, number]> | undefined;

/** Encodes a text as GBK, which Node can read but not write. */
export function toGbk(text: string): Uint8Array {
  if (!table) {
    const decoder = new TextDecoder('gb18030');
    table = new Map();
    for (let high = 0x81; high <= 0xfe; high += 1) {
      for (let low = 0x40; low <= 0xfe; low += 1) {
        if (low !== 0x7f) table.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
      }
    }
  }
  const known = table;
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const code = character.charCodeAt(0);
      const pair = known.get(character);
      if (code >= 0x80 && !pair) throw new Error(`not in GBK: ${character}`);
      return pair ? [...pair] : [code];
    }),
  );
}
