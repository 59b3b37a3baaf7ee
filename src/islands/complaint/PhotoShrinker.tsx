import { useEffect, useState } from 'preact/hooks';
import { putFiles, shrink } from './shrink.ts';

interface Props {
  /** The id of the file field. */
  field: string;
  most: number;
}

interface Thumb {
  file: File;
  address: string;
}

const kilobytes = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

const inputOf = (field: string): HTMLInputElement | null => {
  const input = document.getElementById(field);
  return input instanceof HTMLInputElement ? input : null;
};

/** Shows the chosen pictures, makes them smaller before they are sent, and lets one be taken out again. */
export function PhotoShrinker({ field, most }: Props) {
  const [thumbs, setThumbs] = useState<Thumb[]>([]);
  const [busy, setBusy] = useState(false);

  const show = (files: readonly File[]) =>
    setThumbs((before) => {
      for (const thumb of before) URL.revokeObjectURL(thumb.address);
      return files.map((file) => ({ file, address: URL.createObjectURL(file) }));
    });

  useEffect(() => {
    const input = inputOf(field);
    if (!input) return;
    const change = async () => {
      const chosen = [...(input.files ?? [])];
      setBusy(true);
      const small: File[] = [];
      // One after another: a phone has little memory.
      for (const file of chosen) small.push(await shrink(file));
      show(putFiles(input, small) ? small : chosen);
      setBusy(false);
    };
    input.addEventListener('change', change);
    return () => input.removeEventListener('change', change);
  }, [field]);

  const drop = (gone: Thumb) => {
    const input = inputOf(field);
    const rest = thumbs.filter((thumb) => thumb !== gone).map((thumb) => thumb.file);
    if (input && putFiles(input, rest)) show(rest);
  };

  if (busy)
    return (
      <p class="hint" role="status">
        正在准备照片……
      </p>
    );
  if (thumbs.length === 0) return null;
  return (
    <div>
      <p class="hint" role="status">
        已选 {thumbs.length} 张
        {thumbs.length > most ? `，最多 ${most} 张，请去掉 ${thumbs.length - most} 张` : ''}
      </p>
      <ul class="thumbs">
        {thumbs.map((thumb) => (
          <li class="thumb" key={thumb.address}>
            <img src={thumb.address} alt={`已选的照片 ${thumb.file.name}`} />
            <p class="hint">{kilobytes(thumb.file.size)}</p>
            <button type="button" class="btn btn-quiet" onClick={() => drop(thumb)}>
              去掉
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
