import { pino } from 'pino';
import { type Event, isSample } from '../engine/event.ts';
import type { LunchrushError } from '../errors.ts';
import { newsOf } from '../script/news.ts';

/** How bad an event is, for whoever filters logs; the rest is information. */
const LEVELS: { [T in Event['type']]?: 'warn' | 'error' } = {
  'cluster-lost': 'error',
  'partition-halted': 'error',
  'command-failed': 'warn',
  'worker-died': 'warn',
  'worker-hung': 'warn',
  'broker-stopped': 'warn',
  'send-doubted': 'warn',
  'commit-ignored': 'warn',
  'replay-differed': 'warn',
  warned: 'warn',
};

/** Writes each event, samples apart, as a line of JSON on a file descriptor: level, time, msg, and the event. */
export function logFactsAsJson(fd: number) {
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    pino.destination({ fd, sync: true }),
  );
  return {
    fact(event: Event) {
      if (isSample(event)) return;
      const { at: _, ...rest } = event;
      const [sentence] = newsOf(event);
      log[LEVELS[event.type] ?? 'info']({ event: rest }, sentence ?? event.type);
    },
    note: (sentence: string) => log.info(sentence),
    /** The end of a program that failed. */
    fail(error: LunchrushError): number {
      log.fatal({ code: error.code, fix: error.fix }, error.message);
      return error.exitCode;
    },
  };
}
