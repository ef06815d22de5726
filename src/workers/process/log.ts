import { pino } from 'pino';
import { toLunchrushError } from '../../errors.ts';
import type { LogSink } from '../../kafka/client.ts';
import type { Digest, WorkerFact, WorkerKind } from '../messages.ts';
import { atMost, type World } from '../world.ts';
import { type Level, lineOf } from './fact-lines.ts';
import { heartbeatOf } from './heartbeat.ts';
import { createSeldom } from './seldom.ts';

/** Bytes of lines that nobody reads yet; what comes on top is dropped: a log that is stuck must not fill the memory. */
const MOST_WAITING = 4 * 1024 * 1024;
/** How long the end waits for the last lines to be taken, ms. */
const LAST_LINES_MS = 1_000;
/** The same trouble is told once in this time, ms. */
const SELDOM_MS = 10_000;

/** JSON lines on stdout, a fact each. What is logged is picked field by field: a connection, with its secrets, never is. */
export type Log = {
  /** A line: what it is about, in one word, and a sentence. */
  line(level: Level, event: string, sentence: string, fields?: object): void;
  fact(fact: WorkerFact): void;
  /** Where the worker stands and how far it is behind. */
  heartbeat(digest: Digest): void;
  /** Something that is tried again: told once in a while, however often it happens. */
  trouble(sentence: string): void;
  /** What kafkajs has to say, as seldom. */
  kafkajs: LogSink;
  failed(thrown: unknown): void;
  /** Writes what is left. */
  close(): Promise<void>;
};

/** A log on stdout. `unread` is called when nobody reads it any more, as in `… | head`. */
export function createLog(worker: WorkerKind, world: World, unread: () => void): Log {
  const stdout = pino.destination({ dest: 1, sync: false, maxLength: MOST_WAITING });
  stdout.on('error', unread);
  const logger = pino(
    {
      base: { pid: process.pid, worker },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    stdout,
  );
  const seldom = createSeldom(world, SELDOM_MS);
  const line: Log['line'] = (level, event, sentence, fields = {}) => logger[level]({ event, ...fields }, sentence);
  const seldomLine = (level: Level, event: string, sentence: string, fields = {}) => {
    const times = seldom(`${event} ${sentence}`);
    if (times > 0) line(level, event, sentence, { ...fields, ...(times > 1 ? { times } : {}) });
  };

  return {
    line,
    fact(fact) {
      const { level, sentence, fields } = lineOf(fact);
      line(level, fact.type, sentence, fields);
    },
    heartbeat(digest) {
      const { sentence, fields } = heartbeatOf(digest);
      line('info', 'heartbeat', sentence, fields);
    },
    trouble: (sentence) => seldomLine('warn', 'trouble', sentence),
    kafkajs: ({ level, namespace, message }) => seldomLine(level, 'kafkajs', message, { namespace }),
    failed(thrown) {
      const { code, message, fix } = toLunchrushError(thrown);
      line('error', 'failed', message, { code, ...(fix ? { fix } : {}) });
    },
    async close() {
      const closed = new Promise<void>((resolve) => stdout.on('close', resolve).on('error', () => resolve()));
      stdout.end();
      await atMost(world, LAST_LINES_MS, closed);
    },
  };
}
