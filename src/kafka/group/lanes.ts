import type { Connection, LogSink } from '../client.ts';
import { faultOf } from '../errors.ts';
import { leaderId } from '../wire/find.ts';
import { createLink, type Link } from '../wire/link.ts';
import { type Bell, createBell } from './bell.ts';
import { type Fetching, runLane } from './lane.ts';
import type { Position } from './positions.ts';

/** Fetches of one generation, one lane per broker that leads any of its partitions. */
export type Lanes = {
  /** Runs until the signal of the generation; rejects with what ends the consumer. */
  run(): Promise<void>;
  /** A position has changed: lanes without work look again. */
  wake(): void;
};

type Given = Omit<Fetching, 'refreshLeaders'> & { connection: Connection; log: LogSink | undefined; control: Link };
type OpenLane = { link: Link; bell: Bell };

/** Lanes for the given positions. `control` is asked who leads them. */
export function createLanes(given: Given): Lanes {
  const { positions, signal, control, connection, log, on } = given;
  const leaders = new Map<Position, number>();
  const lanes = new Map<number, OpenLane>();
  let fail: (thrown: unknown) => void = () => undefined;

  async function askLeaders(): Promise<void> {
    await control.run(
      async (cluster) => {
        const all = positions.all();
        await cluster.brokerPool.refreshMetadata([...new Set(all.map(({ topic }) => topic))]);
        for (const position of all) leaders.set(position, await leaderId(cluster, position));
      },
      { signal },
    );
  }

  async function refreshLeaders(): Promise<void> {
    for (let known = false; !known && !signal.aborted; ) {
      known = await askLeaders().then(
        () => true,
        (thrown) => troubled(thrown),
      );
    }
    if (signal.aborted) return;
    for (const nodeId of new Set(leaders.values())) if (!lanes.has(nodeId)) openLane(nodeId);
    wake();
  }

  /** Tells of a failure that is tried again, and throws what cannot be. */
  function troubled(thrown: unknown): false {
    if (signal.aborted) return false;
    const fault = faultOf(thrown);
    if (!fault?.retriable) throw thrown;
    on.trouble?.(fault);
    return false;
  }

  function openLane(nodeId: number): void {
    const lane = { link: createLink(connection, { log }), bell: createBell() };
    lanes.set(nodeId, lane);
    const mine = () => positions.all().filter((position) => leaders.get(position) === nodeId);
    runLane({ nodeId, link: lane.link, mine, woken: lane.bell.rung }, { ...given, refreshLeaders }).catch(fail);
  }

  function wake(): void {
    for (const { bell } of lanes.values()) bell.ring();
  }

  return {
    wake,
    async run() {
      if (signal.aborted) return;
      const over = new Promise<void>((resolve, reject) => {
        fail = (thrown) => (signal.aborted ? undefined : reject(thrown));
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      refreshLeaders().catch((thrown) => fail(thrown));
      try {
        await over;
      } finally {
        for (const { link } of lanes.values()) link.close();
        wake();
      }
    },
  };
}
