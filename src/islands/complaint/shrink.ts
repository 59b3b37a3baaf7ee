const LONGEST = 1600;
const QUALITY = 0.85;

// Where the browser itself turns a picture by its EXIF, a drawn copy stands upright; elsewhere the server does it, from the original.
const turns = (): boolean => typeof CSS !== 'undefined' && CSS.supports('image-orientation', 'from-image');

const load = (file: File): Promise<HTMLImageElement> =>
  new Promise((resolve, reject) => {
    const image = new Image();
    const address = URL.createObjectURL(file);
    image.onload = () => {
      URL.revokeObjectURL(address);
      resolve(image);
    };
    image.onerror = () => {
      URL.revokeObjectURL(address);
      reject(new Error('not a picture'));
    };
    image.src = address;
  });

/** A smaller JPEG of a picture, without its metadata; the file itself where that is no gain or cannot be done. */
export async function shrink(file: File): Promise<File> {
  if (!turns()) return file;
  try {
    const image = await load(file);
    const scale = Math.min(1, LONGEST / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' });
  } catch {
    return file;
  }
}

/** Puts files into a file input. `false` where the browser lets no script do that. */
export function putFiles(input: HTMLInputElement, files: readonly File[]): boolean {
  try {
    const list = new DataTransfer();
    for (const file of files) list.items.add(file);
    input.files = list.files;
    return true;
  } catch {
    return false;
  }
}
