import pino from 'pino';
import { env } from './env.ts';

/** The program's log, one JSON line each. Never give it what a person wrote, a phone or an ID number. */
export const log = pino({
  level: env().logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
});
