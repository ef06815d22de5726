import type { Log } from '../api.ts';

/** Which broker this is. A process id or an answering port proves nothing; the start id does. */
export type Identity = { startId: string; pid: number };

/** What who attaches is told, as soon as the broker serves. */
export type Attached = Identity & {
  port: number;
  clusterId: string;
  /** A sentence, when the broker listens on another port than the usual one. */
  portNote?: string;
};

/** Whether the asker may run the pipeline; if not, who does. */
export type LeaseAnswer = { held: true } | { held: false; pid: number };

/** What can be asked over the control port, and what is answered. One connection is one console. */
export type Asks = {
  /** Who are you? Says nothing about the asker. */
  hello: { asks: { ask: 'hello' }; answer: Identity & { ending: boolean } };
  /** Counts this connection as a console; answered when the broker serves. */
  attach: { asks: { ask: 'attach'; pid: number }; answer: Attached };
  /** The right to run the pipeline; it is given back when the connection closes. */
  lease: { asks: { ask: 'lease' }; answer: LeaseAnswer };
  /** End cleanly, whoever else is attached. */
  stop: { asks: { ask: 'stop' }; answer: Record<string, never> };
  /** This console goes; says whether the broker stays without it. */
  bye: { asks: { ask: 'bye' }; answer: { staying: boolean } };
};

export type Verb = keyof Asks;

/** A line from a console. */
export type AskLine = Asks[Verb]['asks'] & { id: number };
/** A line to a console that answers one of its own. */
export type AnswerLine = { id: number; answer: Asks[Verb]['answer'] };
/** A line to every attached console. */
export type Notice =
  | { notice: 'log'; level: Parameters<Log>[0]; message: string }
  /** The broker ends because it was asked to; the connection closes when it has. */
  | { notice: 'ending' };
