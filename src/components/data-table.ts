export type Tone = 'plain' | 'info' | 'good' | 'warn' | 'bad';

/** A cell: plain, or text that leads somewhere or carries a state. */
export type Cell = string | number | null | { text: string; href?: string; tone?: Tone };

export interface Column {
  key: string;
  label: string;
  numeric?: boolean;
  /** Dates and numbers that are not broken over two lines. */
  whole?: boolean;
}

export type Row = Readonly<Record<string, Cell>>;
