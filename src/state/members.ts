import { join } from 'node:path';
import { type Means, unlessAbsent, writing } from './files.ts';
import { safeName } from './folders.ts';

/** A process, so that it can be told from a later one with the same id: its machine, its id, and when it started. */
export type Holder = { host: string; pid: number; started: string };

/** A group member that a slot of ours was given. `holder` is said where several processes share the folder. */
export type Member = { slot: string; group: string; memberId: string; holder?: Holder };

/** The members of ours that may still be in their groups: whoever finds them here after a crash leaves for them. */
export type Members = {
  /** To be called at each join, before anything else is done with the membership. */
  remember(member: Member): Promise<void>;
  list(): Promise<Member[]>;
  /** To be called once the member has left its group. */
  forget(memberId: string): Promise<void>;
};

function readMember(text: string): Member | undefined {
  try {
    const { slot, group, memberId, holder } = JSON.parse(text);
    if (![slot, group, memberId].every((part) => typeof part === 'string')) return undefined;
    return { slot, group, memberId, ...(isHolder(holder) ? { holder } : {}) };
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null || !('host' in value && 'pid' in value && 'started' in value)) {
    return false;
  }
  return typeof value.host === 'string' && typeof value.pid === 'number' && typeof value.started === 'string';
}

/** Keeps a file for each member in `folder`, which must exist. A half-written one names nobody and is passed over. */
export function createMembers({ folder, means: { files } }: { folder: string; means: Means }): Members {
  const fileOf = (memberId: string) => join(folder, `${safeName(memberId)}.member`);
  return {
    remember: (member) =>
      writing(folder, async () => {
        const file = await files.open(fileOf(member.memberId), 'w');
        await file.writeFile(JSON.stringify(member)).finally(() => file.close());
      }),
    async list() {
      const names = (await files.readdir(folder)).filter((name) => name.endsWith('.member')).sort();
      const texts = await Promise.all(
        names.map((name) => unlessAbsent(() => files.readFile(join(folder, name), 'utf8'))),
      );
      return texts.map((text) => readMember(text ?? '')).filter((member) => member !== undefined);
    },
    forget: (memberId) => writing(folder, () => files.rm(fileOf(memberId), { force: true })),
  };
}
