import type { Answer, Knobs, LoadPlan, Question, Slot, WorkerKind } from './messages.ts';

/** What the main thread can do with the workers. Each promise settles when the thing is seen, not when it is sent. */
export type Supervisor = {
  /** Slots that exist, in order of kind and number. */
  slots(): Slot[];
  /** Adds or removes slots of a kind until there are `count`; resolves when threads are ready or gone. */
  scale(kind: WorkerKind, count: number): Promise<void>;
  /** Starts a stopped slot. */
  start(slot: Slot): Promise<void>;
  /** Ends the thread cleanly (finish the slice, commit, leave the group); it stays down. */
  stop(slot: Slot): Promise<void>;
  /** Ends the thread in the middle of whatever it does; it is replaced. Silent: nobody leaves the group for it. */
  kill(slot: Slot, silent: boolean): Promise<void>;
  /** Blocks the thread's event loop for that long; resolves when the worker has it. */
  hang(slot: Slot, forMs: number): Promise<void>;
  pause(slot: Slot): Promise<void>;
  resume(slot: Slot): Promise<void>;
  /** Turns knobs; resolves when every running inventory worker says it applies them. */
  turn(change: Partial<Omit<Knobs, 'revision'>>): Promise<void>;
  /** Asks a running worker; rejects with its error, or WORKER_FAILED when it dies before it answers. */
  ask(slot: Slot, question: Question): Promise<Answer>;
  /** Resolves when what every running worker knew at the call has arrived here as digests. */
  flush(): Promise<void>;
  /** Starts a load test; refused while one runs. */
  startLoad(plan: LoadPlan): Promise<void>;
  /** Ends a running load test after a flush. */
  stopLoad(): Promise<void>;
  /** Asks all to stop, waits, then terminates what is left. */
  close(): Promise<void>;
};
