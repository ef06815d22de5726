import { connect } from 'node:net';
import { readLines, sendLine } from './line-socket.ts';
import type { AnswerLine, Asks, Notice, Verb } from './messages.ts';

/** A console's end of a control connection. */
export type ControlLine = {
  /** Asks and resolves with the answer; rejects if the connection goes before. */
  ask<V extends Verb>(line: Asks[V]['asks']): Promise<Asks[V]['answer']>;
  /** Resolves when the connection has gone, from either side. */
  readonly gone: Promise<void>;
  hangUp(): void;
};

type Open = { resolve(answer: unknown): void; reject(error: Error): void };

/** Dials a control port on this machine. Rejects with Node's error if nobody listens. */
export function dial(port: number, onNotice: (notice: Notice) => void = () => {}): Promise<ControlLine> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const open = new Map<number, Open>();
    let ids = 0;
    const gone = new Promise<void>((done) => {
      socket.once('close', () => {
        for (const { reject: fail } of open.values()) fail(new Error('the broker hung up'));
        done();
      });
    });
    const take = (line: AnswerLine | Notice) => {
      if ('notice' in line) return onNotice(line);
      open.get(line.id)?.resolve(line.answer);
      open.delete(line.id);
    };
    socket.once('error', reject);
    readLines(socket, (line) => take(line as AnswerLine | Notice));
    socket.once('connect', () =>
      resolve({
        gone,
        hangUp: () => socket.destroy(),
        ask: (line) =>
          new Promise((answered, failed) => {
            if (socket.destroyed) return failed(new Error('the broker hung up'));
            const id = ++ids;
            open.set(id, { resolve: (said) => answered(said as never), reject: failed });
            sendLine(socket, { ...line, id });
          }),
      }),
    );
  });
}
