import { eventIdOf } from './event-id.ts';
import type { LogRecord, TopicLog } from './log.ts';

/** What three topics add up to, counted as naively as the rules of the fold are written. */
export type Account = {
  /** Valid records of `orders`, copies included. */
  total: number;
  /** Order ids among them. */
  distinct: number;
  /** Order ids with an accepted outcome. */
  accepted: number;
  failed: number;
  redelivered: number;
  repeated: number;
  conflicts: number;
  foreign: number;
  legacy: number;
  crossPartition: number;
  malformed: number;
  /** Records of `orders` with at least one dead letter. */
  deadLetters: number;
  /** Order ids without an accepted outcome. */
  missing: string[];
  /** Accepted outcomes whose source record is not that order, as `partition@offset`. */
  orphans: string[];
  /** Malformed orders without a dead letter, and dead letters of valid orders, as `partition@offset`. */
  wrongLetters: string[];
};

type Logs = { orders: TopicLog; events: TopicLog; letters: TopicLog };
type Outcome = { eventId: unknown; eventType: unknown; orderId: string; source?: Source };
type Source = { topic: string; partition: number; offset: number };
type Accepted = { partition: number; failed: boolean };

const MAX_ID_BYTES = 256;

function parse(record: LogRecord): Record<string, unknown> | undefined {
  if (record.value === null) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { ignoreBOM: true }).decode(record.value));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as never) : undefined;
  } catch {
    return undefined;
  }
}

function idIn(event: Record<string, unknown> | undefined): string | undefined {
  const id = event?.['orderId'];
  const valid = typeof id === 'string' && id !== '' && Buffer.byteLength(id) <= MAX_ID_BYTES;
  return valid ? id : undefined;
}

function orderIn(record: LogRecord): string | undefined {
  const event = parse(record);
  return event?.['eventType'] === 'OrderPlaced' ? idIn(event) : undefined;
}

function outcomeIn(record: LogRecord): Outcome | undefined {
  const event = parse(record);
  const isOutcome = event?.['eventType'] === 'InventoryReserved' || event?.['eventType'] === 'InventoryFailed';
  return isOutcome && idIn(event) !== undefined ? (event as unknown as Outcome) : undefined;
}

/** One partition of `inventory-events`, folded by design 5.4 word for word. */
function foldPartition(ordersTopic: string, partition: number, records: LogRecord[]) {
  const counts = { redelivered: 0, repeated: 0, conflicts: 0, foreign: 0, legacy: 0, malformed: 0 };
  const accepted = new Map<string, { offset: number; failed: boolean }>();
  let last = -1;
  for (const record of records) {
    const outcome = outcomeIn(record);
    if (!outcome) {
      counts.malformed += 1;
      continue;
    }
    const { orderId, source, eventId, eventType } = outcome;
    const failed = eventType === 'InventoryFailed';
    const known = accepted.has(orderId);
    if (!source) {
      counts.legacy += 1;
      if (!known) accepted.set(orderId, { offset: -1, failed });
      continue;
    }
    const isOwn = source.topic === ordersTopic && source.partition === partition;
    if (!isOwn || eventId !== eventIdOf({ ...source, orderId })) {
      counts.foreign += 1;
      continue;
    }
    const above = source.offset > last;
    if (above && !known) accepted.set(orderId, { offset: source.offset, failed });
    else if (above) counts.repeated += 1;
    else if (known) counts.redelivered += 1;
    else counts.conflicts += 1;
    if (above) last = source.offset;
  }
  return { counts, accepted };
}

function letteredPlaces(letters: TopicLog, ordersTopic: string): Set<string> {
  const ours = letters.flat().filter(({ headers }) => headers['kafka_dlt-original-topic'] === ordersTopic);
  return new Set(
    ours.map(({ headers }) => `${headers['kafka_dlt-original-partition']}@${headers['kafka_dlt-original-offset']}`),
  );
}

/** Recounts the pipeline from its three topics. */
export function accountOf(ordersTopic: string, { orders, events, letters }: Logs): Account {
  const places = new Map<string, string>();
  const broken = new Set<string>();
  for (const [partition, records] of orders.entries()) {
    for (const record of records) {
      const orderId = orderIn(record);
      if (orderId === undefined) broken.add(`${partition}@${record.offset}`);
      else places.set(`${partition}@${record.offset}`, orderId);
    }
  }
  const folds = events.map((records, partition) => foldPartition(ordersTopic, partition, records));
  const count = (name: keyof (typeof folds)[number]['counts']) =>
    folds.reduce((sum, { counts }) => sum + counts[name], 0);
  const winners = new Map<string, Accepted>();
  const orphans: string[] = [];
  let crossPartition = 0;
  for (const [partition, { accepted }] of folds.entries()) {
    for (const [orderId, { offset, failed }] of accepted) {
      if (offset >= 0 && places.get(`${partition}@${offset}`) !== orderId) orphans.push(`${partition}@${offset}`);
      if (winners.has(orderId)) crossPartition += 1;
      else winners.set(orderId, { partition, failed });
    }
  }
  const ids = new Set(places.values());
  const lettered = letteredPlaces(letters, ordersTopic);
  return {
    total: places.size,
    distinct: ids.size,
    accepted: winners.size,
    failed: [...winners.values()].filter(({ failed }) => failed).length,
    redelivered: count('redelivered'),
    repeated: count('repeated'),
    conflicts: count('conflicts'),
    foreign: count('foreign'),
    legacy: count('legacy'),
    crossPartition,
    malformed: broken.size + count('malformed'),
    deadLetters: lettered.size,
    missing: [...ids].filter((id) => !winners.has(id)),
    orphans,
    wrongLetters: [...broken].filter((at) => !lettered.has(at)).concat([...lettered].filter((at) => !broken.has(at))),
  };
}
