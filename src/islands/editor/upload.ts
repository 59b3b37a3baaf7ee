export interface Uploaded {
  src: string;
  width: number;
  height: number;
}

const FAILED = '没有传上去：网络不通，或者登录已过期。请稍后再试，文字都还在。';

/** Sends a picture to be cut and kept. Throws with a sentence for the editor. */
export async function upload(file: File): Promise<Uploaded> {
  const body = new FormData();
  body.append('file', file);
  let answer: Response;
  try {
    answer = await fetch('/staff/media', { method: 'POST', body, redirect: 'manual' });
  } catch {
    throw new Error(FAILED);
  }
  if (answer.status === 413) throw new Error('图片太大，请压缩到 20 MB 以内再选。');
  const said: Partial<Uploaded> & { problem?: string } = await answer.json().catch(() => ({}));
  if (!answer.ok || !said.src) throw new Error(said.problem ?? FAILED);
  return { src: said.src, width: said.width ?? 0, height: said.height ?? 0 };
}
