import { createServer, type Socket } from 'node:net';
import { createLease } from './lease.ts';
import { readLines, sendLine } from './line-socket.ts';
import type { AnswerLine, AskLine, Asks, Attached, Identity, Notice, Verb } from './messages.ts';

/** Notices that a console is too slow to read are not kept beyond this. */
const MAX_UNREAD = 64 * 1024;

/** The second port of a broker: consoles attach here, one connection each. */
export type ControlPort = {
  /** Listens on any free loopback port and returns it. */
  open(): Promise<number>;
  /** The broker serves: answers everybody who waits to attach. */
  serving(attached: Attached): void;
  notify(notice: Notice): void;
  /** Tells everybody that the broker ends; from now on nobody attaches. */
  ending(): void;
  /** Hangs up and closes. */
  close(): Promise<void>;
  readonly attached: number;
};

/** What the control port tells the broker. */
export type ControlEvents = {
  /** The first console attached, or the last one went; `bye` says that it went on purpose. */
  attachedChanged(count: number, bye: boolean): void;
  stopAsked(): void;
};

/** A control port that speaks for the broker `identity`. `linked` brokers end with their last console. */
export function createControlPort(identity: Identity, linked: boolean, events: ControlEvents): ControlPort {
  const sockets = new Set<Socket>();
  const consoles = new Map<Socket, number>();
  const lease = createLease();
  let attached: Attached | undefined;
  let isEnding = false;
  const waiting: (() => void)[] = [];

  const answer = (socket: Socket, id: number, said: Asks[Verb]['answer']) =>
    sendLine(socket, { id, answer: said } satisfies AnswerLine);

  const whenServing = (reply: (now: Attached) => void) => {
    if (attached) reply(attached);
    else waiting.push(() => attached && reply(attached));
  };
  const leave = (socket: Socket, bye: boolean) => {
    lease.release(socket);
    if (consoles.delete(socket)) events.attachedChanged(consoles.size, bye);
  };
  const take = (socket: Socket, line: AskLine) => {
    switch (line.ask) {
      case 'hello':
        return answer(socket, line.id, { ...identity, ending: isEnding });
      case 'attach':
        if (isEnding) return socket.destroy();
        consoles.set(socket, line.pid);
        events.attachedChanged(consoles.size, false);
        return whenServing((now) => answer(socket, line.id, now));
      case 'lease':
        return answer(socket, line.id, lease.take(socket, consoles.get(socket) ?? 0));
      case 'stop':
        answer(socket, line.id, {});
        return events.stopAsked();
      case 'bye':
        answer(socket, line.id, { staying: !linked || [...consoles.keys()].some((other) => other !== socket) });
        return leave(socket, true);
      default:
        return socket.destroy();
    }
  };
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    readLines(socket, (line) => take(socket, line as AskLine));
    socket.on('close', () => {
      sockets.delete(socket);
      leave(socket, false);
    });
  });
  const notify = (notice: Notice) => {
    for (const socket of consoles.keys()) if (socket.writableLength < MAX_UNREAD) sendLine(socket, notice);
  };
  return {
    open: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : 0);
        });
      }),
    serving(now) {
      attached = now;
      for (const reply of waiting.splice(0)) reply();
    },
    notify,
    ending() {
      isEnding = true;
      notify({ notice: 'ending' });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroySoon();
      }),
    get attached() {
      return consoles.size;
    },
  };
}
