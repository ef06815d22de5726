import { hostname } from 'node:os';
import type { Groups } from '../kafka/groups.ts';
import { machineMeans } from '../state/files.ts';
import { createMembers, type Holder, type Member } from '../state/members.ts';
import { processStart } from '../state/process-start.ts';

/** This process, as it writes itself down. */
function thisProcess(): Holder {
  return { host: hostname(), pid: process.pid, started: processStart(process.pid) ?? 'running' };
}

/** Whether the process that held a member has ended, as far as this machine can tell. */
export function hasEnded({ holder }: Member, startOf = processStart, here = hostname()): boolean {
  return holder !== undefined && holder.host === here && startOf(holder.pid) !== holder.started;
}

/** The members of this process, written down where the next one finds them. Others of this machine may share the folder. */
export type OwnMembers = {
  /** Leaves for those whose process has ended, and forgets those that their group has forgotten. Gives whom it left for. */
  leaveForTheDead(groups: Groups): Promise<string[]>;
  remember(memberId: string): void;
  /** Forgets those of this process: it has left its group. */
  forgetOwn(): Promise<void>;
};

/** Members of one slot and group, in a folder that must exist. A folder that refuses costs one session of waiting, no more. */
export function keepOwnMembers(folder: string, slot: string, group: string): OwnMembers {
  const members = createMembers({ folder, means: machineMeans });
  const holder = thisProcess();
  const own: Promise<string>[] = [];
  return {
    async leaveForTheDead(groups) {
      const known = (await members.list()).filter((member) => member.group === group);
      if (known.length === 0) return [];
      const [described] = await groups.describe([group]);
      const present = new Set(described?.members.map(({ memberId }) => memberId));
      const left: string[] = [];
      for (const member of known) {
        const { memberId } = member;
        if (present.has(memberId)) {
          if (!hasEnded(member)) continue;
          await groups.leave(group, memberId);
          left.push(memberId);
        }
        await members.forget(memberId);
      }
      return left;
    },
    remember(memberId) {
      const written = members.remember({ slot, group, memberId, holder }).catch(() => {});
      own.push(written.then(() => memberId));
    },
    async forgetOwn() {
      for (const memberId of await Promise.all(own)) await members.forget(memberId).catch(() => {});
    },
  };
}
