import type { Group } from './group.ts';

/**
 * The topics that the members of a consumer group subscribe to, read from what they tell their leader; undefined if the
 * group speaks another protocol or one of them cannot be read. Source: ConsumerProtocolSubscription.json, v0 is the head of all.
 */
export function subscribedTopics(group: Group): ReadonlySet<string> | undefined {
  if (group.protocolType !== 'consumer') return undefined;
  const topics = new Set<string>();
  for (const { protocols } of group.members.values()) {
    for (const { name, metadata } of protocols) {
      if (group.protocolName !== null && name !== group.protocolName) continue;
      const read = readTopics(metadata);
      if (!read) return undefined;
      for (const topic of read) topics.add(topic);
    }
  }
  return topics;
}

function readTopics(metadata: Buffer): string[] | undefined {
  if (metadata.length < 6) return undefined;
  const count = metadata.readInt32BE(2);
  const topics: string[] = [];
  let at = 6;
  for (let i = 0; i < count; i++) {
    if (at + 2 > metadata.length) return undefined;
    const end = at + 2 + metadata.readUInt16BE(at);
    if (end > metadata.length) return undefined;
    topics.push(metadata.toString('utf8', at + 2, end));
    at = end;
  }
  return topics;
}
