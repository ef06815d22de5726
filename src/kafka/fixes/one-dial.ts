import { load } from './version.ts';

type Connection = { connect(): Promise<true> };

/**
 * Lets requests that meet on a closed connection share one dial. Stock kafkajs opens a socket for each of them,
 * keeps the last and forgets the others, which stay open and feed their bytes into the same decoder.
 */
export function fixDial(): void {
  const { prototype } = load('kafkajs/src/network/connection') as { prototype: Connection };
  const connect = prototype.connect;
  const dialing = new WeakMap<Connection, Promise<true>>();

  prototype.connect = function shared(this: Connection): Promise<true> {
    const running = dialing.get(this);
    if (running !== undefined) return running;
    const dial = connect.call(this).finally(() => dialing.delete(this));
    dialing.set(this, dial);
    return dial;
  };
}
