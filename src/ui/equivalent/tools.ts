import type { Command } from '../../engine/command.ts';
import type { Equivalent, Known } from '../equivalent.ts';
import { words } from './shell.ts';

type Of<V extends Command['verb']> = Extract<Command, { verb: V }>;
type Replay = Extract<Command, { verb: 'replay'; action: 'run' }>;
type To = Of<'reset-offsets'>['to'];

function at({ cluster }: Known): string[] {
  return ['--bootstrap-server', cluster.address];
}

/** kafka-consumer-groups.sh with these arguments. */
export function groups(known: Known, ...rest: string[]): string {
  return words('kafka-consumer-groups.sh', ...at(known), ...rest);
}

/** What the topics look like. */
export function topics(known: Known): string {
  const named = Object.values(known.pipeline.topics).join('|');
  return words('kafka-topics.sh', ...at(known), '--describe', '--topic', named);
}

/** Records of a topic; `find` keeps those that hold a text. Without an offset the console consumer reads what comes next. */
export function consume(known: Known, { topic, partition, from, limit, find }: ConsumeWhat): string {
  const where = partition === undefined ? [] : ['--partition', String(partition)];
  const start = from === undefined ? [] : partition === undefined ? ['--from-beginning'] : ['--offset', String(from)];
  const end = limit === undefined ? ['--timeout-ms', '5000'] : ['--max-messages', String(limit)];
  const shown = ['key', 'partition', 'offset'].flatMap((name) => ['--formatter-property', `print.${name}=true`]);
  const line = words('kafka-console-consumer.sh', ...at(known), '--topic', topic, ...where, ...start, ...end, ...shown);
  return find === undefined ? line : `${line} | ${words('grep', '-F', find)}`;
}

type ConsumeWhat = { topic: string; partition?: number; from?: number; limit?: number; find?: string };

/** A record with its key, as the console producer reads it from its input: key, tab, value. */
export function produce(command: Of<'produce'>, known: Known): Equivalent {
  if (command.partition !== undefined) {
    return { is: 'none', why: "Kafka's console producer cannot choose a partition" };
  }
  const { orderId = 'o-1', items, count, key = orderId, raw } = command;
  const value = raw === undefined ? JSON.stringify({ eventType: 'OrderPlaced', orderId, items }) : (raw ?? 'NULL');
  const input = words('printf', '%s\\t%s\\n', ...Array.from({ length: Math.min(count, 3) }, () => [key, value]).flat());
  const properties = ['parse.key=true', ...(raw === null ? ['null.marker=NULL'] : [])];
  const read = properties.flatMap((property) => ['--reader-property', property]);
  const { orders } = known.pipeline.topics;
  return {
    is: 'does',
    line: `${input} | ${words('kafka-console-producer.sh', ...at(known), '--topic', orders, ...read)}`,
  };
}

/** Bytes of an order of ours. */
const ORDER_BYTES = 200;

/** A load test of as many records of the same size; what is in them is not the same. */
export function perfTest({ count, rate, durationMs }: Of<'load'>, known: Known): Equivalent {
  if (rate === 'max' && count === undefined && durationMs !== undefined) {
    return { is: 'none', why: "Kafka's performance test ends by count, not by time" };
  }
  const inTime = rate === 'max' || durationMs === undefined ? 10_000 : Math.round((rate * durationMs) / 1000);
  const bounded = Math.min(count ?? inTime, durationMs === undefined ? Number.POSITIVE_INFINITY : inTime);
  return {
    is: 'does',
    line: words(
      'kafka-producer-perf-test.sh',
      ...at(known),
      ...['--topic', known.pipeline.topics.orders],
      ...['--num-records', String(bounded)],
      ...['--record-size', String(ORDER_BYTES)],
      ...['--throughput', rate === 'max' ? '-1' : String(Math.round(rate))],
    ),
  };
}

/** What a replay does to the offsets. Kafka's tool wants the group empty for it; ours moves the live member. */
export function resetReplay({ from, preview }: Replay, known: Known): string {
  const { topics: names, groups: ours } = known.pipeline;
  return reset(known, ours.analytics, from, [names.orders, names.inventoryEvents], preview ? '--dry-run' : '--execute');
}

/** A group's offsets moved. */
export function resetGroup({ group, to }: Of<'reset-offsets'>, known: Known): string {
  return reset(known, group, to, [], '--execute');
}

function reset(known: Known, group: string, to: To, named: readonly string[], how: string): string {
  const begin = ['--group', group, '--reset-offsets'];
  const scope = named.length === 0 ? ['--all-topics'] : named.flatMap((topic) => ['--topic', topic]);
  switch (to.type) {
    case 'beginning':
      return groups(known, ...begin, ...scope, '--to-earliest', how);
    case 'end':
      return groups(known, ...begin, ...scope, '--to-latest', how);
    case 'time':
      return groups(known, ...begin, ...scope, '--to-datetime', new Date(to.at).toISOString(), how);
    case 'offsets':
      return to.offsets
        .map(({ topic, partition, offset }) =>
          groups(known, ...begin, '--topic', `${topic}:${partition}`, '--to-offset', String(offset), how),
        )
        .join(' && ');
  }
}
