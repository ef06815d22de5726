import type { Group } from './group.ts';
import type { Protocol } from './messages.ts';

/** Whether somebody offering `protocols` can be of the group; `except` is the member that would be replaced. */
export function fits(group: Group, protocolType: string, protocols: readonly Protocol[], except = ''): boolean {
  if (protocolType === '' || protocols.length === 0) return false;
  if (group.members.size === 0) return true;
  if (protocolType !== group.protocolType) return false;
  const others = [...group.members.values()].filter(({ id }) => id !== except);
  return protocols.some(({ name }) => others.every((member) => member.protocols.some((p) => p.name === name)));
}

/** The assignor of the next generation: of those that all members offer, the one that most of them like best. */
export function chooseProtocol(group: Group): string | null {
  const members = [...group.members.values()];
  const common = (name: string) => members.every(({ protocols }) => protocols.some((p) => p.name === name));
  const votes = new Map<string, number>();
  for (const { protocols } of members) {
    const vote = protocols.find(({ name }) => common(name))?.name;
    if (vote !== undefined) votes.set(vote, (votes.get(vote) ?? 0) + 1);
  }
  const [best] = [...votes].sort(([, a], [, b]) => b - a);
  return best?.[0] ?? null;
}
