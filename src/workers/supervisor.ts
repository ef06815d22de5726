import { LunchrushError } from '../errors.ts';
import { watchForHangs } from './hung.ts';
import type { Answer, Birth, Knobs, LoadPlan, Question, Slot, WorkerKind } from './messages.ts';
import { type SlotFact, SlotKeeper, type SlotParts } from './slot.ts';
import type { World } from './world.ts';

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
  /** Blocks the thread's event loop for that long. */
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
  /** Ends a running load test after a flush; at once when none runs. */
  stopLoad(): Promise<void>;
  /** Asks all to stop, waits, then terminates what is left. */
  close(): Promise<void>;
};

/** What the supervisor tells: of slots and their threads, and what the threads tell themselves. */
export type SupervisorFact =
  | SlotFact
  | { type: 'worker-removed'; slot: Slot }
  | { type: 'workers-scaled'; kind: WorkerKind; count: number }
  | { type: 'knobs-set'; knobs: Knobs };

/** A fact with its time: the shape in which the supervisor tells the engine. */
export type SupervisorEvent = SupervisorFact & { at: number };

export type SupervisorParts = {
  world: World;
  /** Thread entry of each kind. */
  entries: Record<WorkerKind, URL>;
  groups: { inventory: string; analytics: string };
  /** What all threads are born with. */
  common: Omit<Birth, 'slot' | 'incarnation' | 'paused' | 'knobs' | 'groupId'>;
  knobs: Omit<Knobs, 'revision'>;
  emit(event: SupervisorEvent): void;
  remember: SlotParts['remember'];
  forget: SlotParts['forget'];
  leaveFor(groupId: string, slot: Slot, memberId: string): Promise<void>;
};

const LOAD: Slot = 'load/1';

/** Keeps the workers alive: spawns, replaces, turns and asks them. */
export function createSupervisor(parts: SupervisorParts): Supervisor {
  const { world } = parts;
  const keepers = new Map<Slot, SlotKeeper>();
  let knobs: Knobs = { revision: 1, ...parts.knobs };
  let lastRun: Pick<Birth, 'run'> = {};

  const emit = (fact: SupervisorFact) => parts.emit({ ...fact, at: world.now() });
  const groupOf = (slot: Slot) => (kindOf(slot) === 'inventory' ? parts.groups.inventory : parts.groups.analytics);

  const keeper = (slot: Slot): SlotKeeper => {
    const found = keepers.get(slot);
    if (found) return found;
    const there = [...keepers.keys()].join(', ');
    throw new LunchrushError('COMMAND_REFUSED', `there is no worker ${slot}`, { fix: `there are ${there}` });
  };
  const create = (slot: Slot): SlotKeeper => {
    const made = new SlotKeeper(slot, {
      world,
      entry: parts.entries[kindOf(slot)],
      birth: () => ({ ...parts.common, ...lastRun, knobs, groupId: groupOf(slot) }),
      emit,
      remember: parts.remember,
      forget: parts.forget,
      leaveFor: (s, memberId) => parts.leaveFor(groupOf(s), s, memberId),
    });
    keepers.set(slot, made);
    return made;
  };
  const ofKind = (kind: WorkerKind) => [...keepers.values()].filter((k) => kindOf(k.slot) === kind);
  const remove = async (k: SlotKeeper) => {
    await k.stop();
    keepers.delete(k.slot);
    emit({ type: 'worker-removed', slot: k.slot });
  };
  const scale = async (kind: WorkerKind, count: number) => {
    const here = ofKind(kind);
    const added = range(here.length + 1, count).map((n) => create(`${kind}/${n}`).start('asked for'));
    const removed = here.slice(count).map(remove);
    await Promise.all([...added, ...removed]);
    emit({ type: 'workers-scaled', kind, count });
  };
  let isLoadStarting = false;
  const beginLoad = async (plan: LoadPlan) => {
    const load = keepers.get(LOAD) ?? create(LOAD);
    await load.start('a load test');
    if (await isLoading(load)) throw loadRuns();
    const measuring = ofKind('analytics').filter((k) => k.isReady);
    // One that dies now is replaced by one that is told at its birth.
    lastRun = { run: plan.run };
    await Promise.allSettled(measuring.map((k) => k.ask({ type: 'measure-load', run: plan.run })));
    const started = load.nextFact('load-started');
    load.tell({ type: 'start-load', plan });
    await started;
  };
  const stopWatching = watchForHangs(world, () => keepers.values());

  return {
    slots: () => [...keepers.keys()].sort(),
    scale,
    start: (slot) => keeper(slot).start('asked for'),
    stop: (slot) => keeper(slot).stop(),
    kill: (slot, silent) => keeper(slot).kill(silent),
    async hang(slot, forMs) {
      // Answered before it blocks: a hung thread cannot say that it hangs.
      await keeper(slot).ask({ type: 'flush' });
      keeper(slot).tell({ type: 'hang', forMs });
    },
    pause: (slot) => keeper(slot).pause(),
    resume: (slot) => keeper(slot).resume(),
    async turn(change) {
      knobs = { ...knobs, ...change, revision: knobs.revision + 1 };
      const { revision } = knobs;
      emit({ type: 'knobs-set', knobs });
      const wanted = ofKind('inventory').filter((k) => k.isWanted);
      for (const k of wanted) k.tell({ type: 'apply-knobs', knobs });
      await Promise.all(wanted.map((k) => untilApplied(k, revision)));
    },
    ask: (slot, question) => keeper(slot).ask(question),
    async flush() {
      const ready = [...keepers.values()].filter((k) => k.isReady);
      // One that dies meanwhile has nothing more to say.
      await Promise.allSettled(ready.map((k) => k.ask({ type: 'flush' })));
    },
    async startLoad(plan) {
      if (isLoadStarting) throw loadRuns();
      isLoadStarting = true;
      await beginLoad(plan).finally(() => {
        isLoadStarting = false;
      });
    },
    async stopLoad() {
      const load = keepers.get(LOAD);
      if (!load?.isRunning) return;
      // It may finish by itself while it is asked.
      const finished = load.nextFact('load-finished');
      finished.catch(() => {});
      if (!(await isLoading(load))) return;
      load.tell({ type: 'stop-load' });
      await finished;
    },
    async close() {
      stopWatching();
      await Promise.all([...keepers.values()].map((k) => k.stop()));
    },
  };
}

function kindOf(slot: Slot): WorkerKind {
  return slot.slice(0, slot.indexOf('/')) as WorkerKind;
}

/** Whether a load is under way, by the thread's own word. */
async function isLoading(load: SlotKeeper): Promise<boolean> {
  await load.ask({ type: 'flush' });
  return load.digest?.kind === 'load' && (load.digest.phase === 'running' || load.digest.phase === 'draining');
}

function loadRuns(): LunchrushError {
  return new LunchrushError('COMMAND_REFUSED', 'a load is running', { fix: 'stop load' });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

/** Waits over deaths: the replacement is born with the newest knobs and says so in its first digest. */
async function untilApplied(keeper: SlotKeeper, revision: number): Promise<void> {
  while (keeper.isWanted) {
    try {
      return await keeper.untilDigest((d) => d.kind === 'inventory' && d.appliedRevision >= revision);
    } catch {
      // It died; its replacement will tell.
    }
  }
}
