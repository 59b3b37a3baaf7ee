import { useEffect, useState } from 'preact/hooks';

interface Props {
  /** The id of the text field. */
  field: string;
  max: number;
}

const length = (text: string): number => [...text].length;

/** Says how many characters are left, once somebody writes. */
export function WordCount({ field, max }: Props) {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const input = document.getElementById(field);
    if (!(input instanceof HTMLTextAreaElement)) return;
    const update = () => setCount(length(input.value.trim()));
    update();
    input.addEventListener('input', update);
    return () => input.removeEventListener('input', update);
  }, [field]);
  if (count === 0) return null;
  const left = max - count;
  return (
    <p class="hint" role="status">
      {left >= 0 ? `已写 ${count} 字，还可以写 ${left} 字` : `超出 ${-left} 字，请删短一些`}
    </p>
  );
}
