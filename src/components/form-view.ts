/** What the field components need of a form that came back; `FormState` of #core/forms.ts fits. */
export interface FormView {
  id: string;
  message: string | null;
  errors: Readonly<Record<string, string>>;
  /** Which of several forms on a page it is; empty for the only one. */
  name: string;
  sent: boolean;
  /** Files that were taken in although the form came back. */
  kept: readonly { id: string; name: string }[];
  value(name: string, fallback?: string): string;
  checked(name: string, value?: string): boolean;
}

/** What every field is given. */
export interface FieldProps {
  name: string;
  label: string;
  /** The form it belongs to; without one (filters, search) use `value` and `error`. */
  form?: FormView;
  hint?: string;
  required?: boolean;
  /** What stands there before the form was sent. */
  value?: string;
  error?: string;
  /** Needed only where one page shows the same form several times. */
  id?: string;
}

export interface Choice {
  value: string;
  label: string;
  hint?: string;
}

/** The anchor of a field: where the error summary leads. Forms that share a page have names, and so fields of their own. */
export function fieldId(name: string, form?: Pick<FormView, 'name'>): string {
  return form?.name ? `f-${form.name}-${name}` : `f-${name}`;
}

/** Resolves what a field shows: its anchor, value, error and the ids that describe it. */
export function fieldView(props: FieldProps): {
  id: string;
  value: string;
  error: string | undefined;
  hintId: string;
  errorId: string;
  describedBy: string | undefined;
} {
  const id = props.id ?? fieldId(props.name, props.form);
  const error = props.error ?? props.form?.errors[props.name];
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [props.hint ? hintId : '', error ? errorId : ''].filter(Boolean).join(' ');
  return {
    id,
    value: (props.form ? props.form.value(props.name, props.value) : props.value) ?? '',
    error,
    hintId,
    errorId,
    describedBy: described || undefined,
  };
}

/** A form as it would come back with these values and errors; for examples and the style page. */
export function exampleForm(
  values: Record<string, string> = {},
  errors: Record<string, string> = {},
): FormView {
  return {
    id: 'example',
    name: '',
    sent: Object.keys({ ...values, ...errors }).length > 0,
    kept: [],
    message: null,
    errors,
    value: (name, fallback = '') => values[name] ?? fallback,
    checked: (name, value = 'on') => (values[name] ?? '').split(',').includes(value),
  };
}
