import type { Slot } from '../../src/workers/messages.ts';
import { createSupervisor, type Supervisor, type SupervisorEvent } from '../../src/workers/supervisor.ts';
import { realWorld, type World } from '../../src/workers/world.ts';
import { createBirth } from './homes.ts';

const ENTRY = new URL('./threads/worker.mjs', import.meta.url);

/** A supervisor of real threads, and all that it tells. `how` names the behaviour of its workers, see threads/worker.mjs. */
export type Hall = {
  supervisor: Supervisor;
  events: SupervisorEvent[];
  /** Members that were written down, forgotten, and left for. */
  members: { remembered: string[]; forgotten: string[]; left: string[] };
  /** Resolves with the first event, past or to come, of a type for which `holds`. */
  seen<T extends SupervisorEvent['type']>(
    type: T,
    holds?: (event: Extract<SupervisorEvent, { type: T }>) => boolean,
  ): Promise<Extract<SupervisorEvent, { type: T }>>;
  count(type: SupervisorEvent['type']): number;
};

export function openHall({ how = '', world = realWorld() }: { how?: string; world?: World } = {}): Hall {
  const events: SupervisorEvent[] = [];
  const members = { remembered: [] as string[], forgotten: [] as string[], left: [] as string[] };
  let looking: (() => void)[] = [];
  const { slot: _, incarnation: __, paused: ___, knobs, groupId: ____, ...common } = createBirth();
  const supervisor = createSupervisor({
    world,
    entries: { inventory: ENTRY, analytics: ENTRY, load: ENTRY },
    groups: { inventory: 'inventory-group', analytics: 'analytics-group' },
    common: { ...common, topics: { ...common.topics, orders: how } },
    knobs,
    emit(event) {
      events.push(event);
      for (const look of looking) look();
    },
    remember: (_slot: Slot, memberId) => void members.remembered.push(memberId),
    forget: (memberId) => void members.forgotten.push(memberId),
    leaveFor: async (_group, _slot, memberId) => void members.left.push(memberId),
  });
  const seen: Hall['seen'] = (type, holds = () => true) =>
    new Promise((resolve) => {
      const look = () => {
        const found = events.find(
          (e): e is Extract<typeof e, { type: typeof type }> => e.type === type && holds(e as never),
        );
        if (!found) return;
        looking = looking.filter((l) => l !== look);
        resolve(found);
      };
      looking.push(look);
      look();
    });
  return { supervisor, events, members, seen, count: (type) => events.filter((e) => e.type === type).length };
}
