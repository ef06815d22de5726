import type { Slot, WorkerKind } from '../../workers/messages.ts';
import type { Item, Target } from '../command.ts';
import { named, only, text, type Value } from './value.ts';

const KINDS = ['inventory', 'analytics', 'load'] as const satisfies readonly WorkerKind[];

function readTarget(word: string): Target | undefined {
  const [kind, number, ...rest] = word.split('/');
  const known = KINDS.find((k) => k === kind);
  if (!known || rest.length > 0) return undefined;
  if (number === undefined) return known;
  const slot: Slot = `${known}/${Number(number)}`;
  return /^[1-9]\d{0,3}$/.test(number) ? slot : undefined;
}

/** A worker, or all workers of a kind. */
export const worker: Value<Target> = {
  name: 'WORKER',
  is: 'a worker such as inventory/1, or a kind: inventory, analytics or load',
  choices: KINDS,
  read: readTarget,
  write: (target) => target,
};

/** A worker whose consumer can be paused: load tests are stopped, not paused. */
export const consumer: Value<Target> = {
  ...only(
    worker,
    'a consumer such as inventory/1, or a kind: inventory or analytics',
    (target) => !target.startsWith('load'),
  ),
  choices: ['inventory', 'analytics'],
};

/** What an order can be called: contract of the `orders` topic. */
export const orderId: Value<string> = only(
  named('ORDER_ID', text),
  'an order id of 1 to 256 bytes',
  (id) => id !== '' && Buffer.byteLength(id) <= 256,
);

function readItems(word: string): Item[] | undefined {
  const items: Item[] = [];
  for (const part of word.split(',')) {
    const [, sku, qty] = /^([^:]+):(\d{1,9})$/.exec(part) ?? [];
    if (sku === undefined || Number(qty) < 1) return undefined;
    items.push({ sku, qty: Number(qty) });
  }
  return items;
}

/** What is ordered, and how many of each. */
export const items: Value<Item[]> = {
  name: 'SKU:QTY,…',
  is: 'items such as burrito:2,cola:1',
  read: readItems,
  write: (list) => list.map(({ sku, qty }) => `${sku}:${qty}`).join(','),
};

/** A topic, or one partition of it. */
export const topicPartition: Value<{ topic: string; partition?: number }> = {
  name: 'TOPIC[/PARTITION]',
  is: 'a topic such as orders, or one partition of it such as orders/0',
  read: (word) => {
    const [, topic, partition] = /^([\w.-]{1,249})(?:\/(\d{1,6}))?$/.exec(word) ?? [];
    if (topic === undefined) return undefined;
    return partition === undefined ? { topic } : { topic, partition: Number(partition) };
  },
  write: ({ topic, partition }) => (partition === undefined ? topic : `${topic}/${partition}`),
};
