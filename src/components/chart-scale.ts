/** A round number at or above the greatest value, and the ticks up to it. */
export function scaleFor(values: readonly number[], wanted = 4): { top: number; ticks: number[] } {
  const greatest = Math.max(0, ...values);
  if (greatest === 0) return { top: 1, ticks: [0, 1] };
  const raw = greatest / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5].find((m) => m * power >= raw) ?? 10) * power;
  const count = Math.ceil(greatest / step - 1e-9);
  return {
    top: step * count,
    ticks: Array.from({ length: count + 1 }, (_, index) => Number((step * index).toPrecision(12))),
  };
}

/** A share of the axis in percent with two decimals, for SVG attributes. */
export function percent(value: number, top: number): string {
  return `${Number(((value / top) * 100).toFixed(2))}%`;
}

export interface Series {
  label: string;
  values: readonly (number | null)[];
}

/** The points of a line on a 100 × 100 field, broken into runs where a value is missing. */
export function linePoints(values: readonly (number | null)[], top: number): string[] {
  const stepX = values.length > 1 ? 100 / (values.length - 1) : 0;
  const runs: string[][] = [[]];
  for (const [index, value] of values.entries()) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push(`${(index * stepX).toFixed(2)},${(100 - (value / top) * 100).toFixed(2)}`);
  }
  return runs.filter((run) => run.length > 0).map((run) => run.join(' '));
}
