import { z } from 'zod';
import { plainDigits, text } from '#core/fields.ts';

/** A field of a setting as the desk's form shows it. */
export interface SettingField {
  name: string;
  label: string;
  kind: 'line' | 'email' | 'number' | 'text' | 'choice' | 'check';
  hint?: string;
  min?: number;
  max?: number;
  options?: readonly { value: string; label: string }[];
}

/** One line that may be empty. */
export const line = (label: string, max = 100) => text(label, { max, optional: true });

/** Lines as the fields of a form: what each is called, how long it may be, what is said beside it. */
export const lines = (
  labels: Readonly<Record<string, readonly [label: string, max: number, hint?: string]>>,
): SettingField[] =>
  Object.entries(labels).map(([name, [label, max, hint]]) => ({
    name,
    label,
    max,
    kind: name === 'email' ? 'email' : 'line',
    ...(hint ? { hint } : {}),
  }));

const toNumber = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const plain = plainDigits(value);
  return plain === '' ? Number.NaN : Number(plain);
};

const count = (label: string, min: number, max: number): z.ZodType<number, unknown> => {
  const said = `${label}应为 ${min} 到 ${max} 的整数`;
  return z.preprocess(toNumber, z.number(said).int(said).min(min, said).max(max, said));
};

type Spec = Readonly<Record<string, readonly [label: string, min: number, max: number, hint?: string]>>;

/** Numbers with their bounds, as the shape of a schema and as the fields of a form. */
export const numbers = <const S extends Spec>(spec: S) => ({
  shape: Object.fromEntries(
    Object.entries(spec).map(([name, [label, min, max]]) => [name, count(label, min, max)]),
  ) as { [K in keyof S]: z.ZodType<number, unknown> },
  fields: Object.entries(spec).map(
    ([name, [label, min, max, hint]]): SettingField => ({
      name,
      label,
      kind: 'number',
      min,
      max,
      ...(hint ? { hint } : {}),
    }),
  ),
});
