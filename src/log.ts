/** The log: one JSON object a line on stderr, so that stdout is left to results. */
import pino from 'pino';

export type Log = pino.Logger;

export const createLog = (level: string): Log =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
