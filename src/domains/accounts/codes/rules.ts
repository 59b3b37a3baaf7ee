import { DAY_MS } from '#core/clock.ts';

/** How many codes one number may be sent; the carriers refuse more over all senders together than 40 a day. */
export interface CodeCaps {
  minute: number;
  hour: number;
  day: number;
}

const CARRIER_CODES_A_DAY = 40;

/** Codes one address may ask for in a day, whatever the numbers: thousands of phones share one behind a mobile network. */
export const CODES_PER_ADDRESS_A_DAY = 400;

export const CODE_LIFE_MS = 5 * 60_000;
export const CODE_TRIES = 5;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The windows that a number's codes are counted in, each with its cap. */
export function codeWindows(caps: CodeCaps): readonly { ms: number; cap: number }[] {
  return [
    { ms: MINUTE_MS, cap: caps.minute },
    { ms: HOUR_MS, cap: caps.hour },
    { ms: DAY_MS, cap: Math.min(caps.day, CARRIER_CODES_A_DAY) },
  ];
}

/** Seconds until one more code may be sent to a number that was sent codes at `times`; 0 when it may at once. */
export function codeWait(times: readonly Date[], now: Date, caps: CodeCaps): number {
  const waits = codeWindows(caps).map(({ ms, cap }) => {
    const within = times.filter((at) => at.getTime() > now.getTime() - ms).sort((a, b) => +b - +a);
    const freeing = within[cap - 1];
    return freeing ? freeing.getTime() + ms - now.getTime() : 0;
  });
  return Math.ceil(Math.max(0, ...waits) / 1000);
}

/** The wait as a person is told it. */
export function waitWords(seconds: number): string {
  if (seconds <= 90) return `${seconds} 秒`;
  if (seconds <= 90 * 60) return `${Math.ceil(seconds / 60)} 分钟`;
  return `${Math.ceil(seconds / 3600)} 小时`;
}
