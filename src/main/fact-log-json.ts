import { pino } from 'pino';
import { type Event, isSample } from '../engine/event.ts';
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
export function logFactsAsJson(fd: number): { fact(event: Event): void; note(sentence: string): void } {
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } },
    pino.destination({ fd, sync: true }),
  );
  return {
    fact(event) {
      if (isSample(event)) return;
      const { at: _, ...rest } = event;
      const [sentence] = newsOf(event);
      log[LEVELS[event.type] ?? 'info']({ event: rest }, sentence ?? event.type);
    },
    note: (sentence) => log.info(sentence),
  };
}
