let done = false;

/**
 * For the policy of each page Astro digests the text of its scripts and styles, also of those that lie in files and have
 * none: a job on another thread for nothing, a quarter of a page's time. The digest of nothing is remembered.
 */
export function rememberEmptyDigest(): void {
  if (done) return;
  done = true;
  const { subtle } = crypto;
  const digest = subtle.digest.bind(subtle);
  const ofNothing = digest('SHA-256', new Uint8Array());
  subtle.digest = (algorithm, data) =>
    algorithm === 'SHA-256' && data.byteLength === 0
      ? ofNothing.then((bytes) => bytes.slice(0))
      : digest(algorithm, data);
}
