import { Secret, TOTP } from 'otpauth';
import QRCode from 'qrcode';

const PERIOD_MS = 30_000;

const totp = (secret: string, label = '', issuer = ''): TOTP =>
  new TOTP({ secret: Secret.fromBase32(secret), label, issuer, algorithm: 'SHA1', digits: 6, period: 30 });

/** A new secret of 160 bits, in base 32. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** When the period began that a code belongs to: the present one or a neighbour. `null` for a wrong code. */
export function stepOf(secret: string, code: string, now: Date): Date | null {
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  if (delta === null) return null;
  return new Date((Math.floor(now.getTime() / PERIOD_MS) + delta) * PERIOD_MS);
}

/** What an authenticator app scans, as SVG markup of our own making. */
export function enrolmentPicture(secret: string, username: string, site: string): Promise<string> {
  return QRCode.toString(totp(secret, username, site).toString(), { type: 'svg', margin: 2, width: 240 });
}

/** The secret in groups of four, for those who type it. */
export function spelled(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}
