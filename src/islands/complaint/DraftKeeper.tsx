import { useEffect, useState } from 'preact/hooks';
import { type Draft, dropDraft, fill, keepDraft, readDraft } from './draft.ts';

interface Props {
  /** The id of the form. */
  form: string;
  /** Whether the form came back filled: then there is nothing to restore. */
  sent: boolean;
}

const two = (n: number): string => String(n).padStart(2, '0');

function when(at: number): string {
  const day = new Date(at);
  return `${day.getMonth() + 1}月${day.getDate()}日 ${two(day.getHours())}:${two(day.getMinutes())}`;
}

/** Keeps what is written on this device for seven days, offers it again, and forgets it on request. */
export function DraftKeeper({ form: id, sent }: Props) {
  const [offer, setOffer] = useState<Draft | null>(null);
  const [kept, setKept] = useState(false);

  useEffect(() => {
    const form = document.getElementById(id);
    if (!(form instanceof HTMLFormElement)) return;
    const found = readDraft(Date.now());
    if (found && !sent) setOffer(found);
    let timer = 0;
    const later = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        keepDraft(form, Date.now());
        setKept(readDraft(Date.now()) !== null);
        setOffer(null);
      }, 800);
    };
    form.addEventListener('input', later);
    return () => form.removeEventListener('input', later);
  }, [id, sent]);

  const restore = () => {
    const form = document.getElementById(id);
    if (offer && form instanceof HTMLFormElement) fill(form, offer);
    setOffer(null);
  };
  const forget = () => {
    dropDraft();
    setOffer(null);
    setKept(false);
  };

  if (offer) {
    return (
      <div class="notice notice-info" role="status">
        <p>这台设备上存有您 {when(offer.at)} 没写完的内容（不含姓名、电话和照片）。</p>
        <p class="actions">
          <button type="button" class="btn btn-secondary" onClick={restore}>
            接着写
          </button>
          <button type="button" class="btn btn-quiet" onClick={forget}>
            清除
          </button>
        </p>
      </div>
    );
  }
  if (!kept) return null;
  return (
    <p class="hint" role="status">
      草稿已存在这台设备上，7 天后自动清除，不含姓名、电话和照片。
      <button type="button" class="btn btn-quiet" onClick={forget}>
        现在清除
      </button>
    </p>
  );
}
