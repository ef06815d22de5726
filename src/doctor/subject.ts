import type { Entry } from './address/entry.ts';
import type { Finding } from './check.ts';
import type { ClusterKnown } from './cluster/cluster.ts';
import type { Wishes } from './cluster/topics.ts';
import type { FoundLock } from './data/lock.ts';
import type { Clocks } from './machine/clock.ts';
import type { Memory } from './machine/memory.ts';
import type { System } from './machine/platform.ts';
import type { Terminal } from './machine/terminal.ts';
import type { WantedPort } from './ports/port.ts';

/** Everything that is looked at, and the means to look at it that are not this room's. */
export type Subject = {
  machine: {
    nodeVersion: string;
    system: System;
    terminal: Terminal;
    clocks: Clocks;
    memory: Memory;
    openFiles(): Promise<number | undefined>;
  };
  /** `root` is the data folder as a whole, `inner` the folder in it that is written to. */
  data: { root: string; inner: string };
  /** What there is to say of the embedded broker; absent where a real cluster takes its place. */
  embedded?: {
    lock: FoundLock | undefined;
    /** The format that its folder is marked with; undefined for a new one. */
    format(): number | undefined;
    /** The newest format that this version reads. */
    readable: number;
    /** Starts one in a folder that is thrown away, asks it, and ends it. */
    tryStart(signal: AbortSignal): Promise<Finding>;
  };
  ports: readonly (WantedPort & { name: string })[];
  /** The addresses of a cluster; none where there is no cluster to look at. */
  entries: readonly Entry[];
  cluster?: ClusterKnown & { wishes: Wishes };
};
