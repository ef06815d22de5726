/** What one record costs on the hot paths of `orders` and `audit`, beside the plain way. `npx tsx bench/fold.ts [count]` */
import { randomUUID } from 'node:crypto';
import { audit } from '../src/audit/audit.ts';
import { encodeOrder, encodeOutcome, layOutOrder } from '../src/orders/encode.ts';
import { createLanes } from '../src/orders/hash.ts';
import { EventIds, hashText } from '../src/orders/ids.ts';
import { formatIso } from '../src/orders/iso.ts';
import { Ledger } from '../src/orders/ledger.ts';
import { OrderReader } from '../src/orders/order-reader.ts';
import { OutcomeReader } from '../src/orders/outcome-reader.ts';
import { readOrder, readOutcome } from '../src/orders/read.ts';
import { Seen } from '../src/orders/seen.ts';
import { foldLive, foldRecords } from '../src/workers/analytics/apply.ts';
import { Latency } from '../src/workers/analytics/latency.ts';
import { Recent } from '../src/workers/analytics/recent.ts';

const COUNT = Number(process.argv[2] ?? 200_000);
const ITEMS = [{ sku: 'burrito', qty: 1 }];
const TOPICS = { orders: 'orders', inventoryEvents: 'inventory-events' };

const ids = Array.from({ length: COUNT }, () => randomUUID() as string);
const lanes = createLanes();
const eventIds = new EventIds('orders', 0);

/** One buffer with all values as a fetch would bring them, and views of it. */
function asFetched(texts: string[]): Buffer[] {
  const all = Buffer.from(texts.join(''));
  let from = 0;
  return texts.map((text) => {
    const value = all.subarray(from, from + text.length);
    from += text.length;
    return value;
  });
}

function outcomeText(orderId: string, offset: number): string {
  hashText(orderId, lanes);
  const source = { topic: 'orders', partition: 0, offset };
  return encodeOutcome({ kind: 'reserved', eventId: eventIds.of(lanes, offset), orderId, at: formatIso(1e12), source });
}

const orders = asFetched(ids.map((id) => layOutOrder(randomUUID(), id, JSON.stringify(ITEMS), formatIso(Date.now()))));
const outcomes = asFetched(ids.map(outcomeText));

type Row = { name: string; plain?: (i: number) => unknown; ours: (i: number) => unknown };

let sink: unknown;

/** Median of five, in CPU nanoseconds a call. */
function measure(call: (i: number) => unknown): number {
  const runs = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    for (let i = 0; i < COUNT; i++) sink = call(i);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1000) / COUNT;
  });
  return runs.sort((one, other) => one - other)[2] as number;
}

const reader = new OrderReader();
const outcomeReader = new OutcomeReader();
const at = (list: Buffer[], i: number) => list[i] as Buffer;
const id = (i: number) => ids[i] as string;
const createdAt = '2026-02-19T04:30:00.000Z';
const eventId = 'e'.repeat(32);
const source = { topic: 'orders', partition: 0, offset: 1 };

const rows: Row[] = [
  { name: 'readOrder', plain: (i) => JSON.parse(at(orders, i).toString()), ours: (i) => readOrder(at(orders, i)) },
  { name: '… OrderReader.read', ours: (i) => reader.read(at(orders, i)) },
  {
    name: 'readOutcome',
    plain: (i) => JSON.parse(at(outcomes, i).toString()),
    ours: (i) => readOutcome(at(outcomes, i)),
  },
  {
    name: '… OutcomeReader.read + isOf',
    ours: (i) => outcomeReader.read(at(outcomes, i)) && outcomeReader.isOf(eventIds),
  },
  {
    name: 'encodeOrder',
    plain: (i) => JSON.stringify({ eventId, eventType: 'OrderPlaced', orderId: id(i), items: ITEMS, createdAt }),
    ours: (i) => encodeOrder({ eventId, orderId: id(i), items: ITEMS, createdAt }),
  },
  { name: '… layOutOrder', ours: (i) => layOutOrder(eventId, id(i), '[{"sku":"burrito","qty":1}]', createdAt) },
  {
    name: 'encodeOutcome',
    plain: (i) =>
      JSON.stringify({
        eventId,
        eventType: 'InventoryReserved',
        orderId: id(i),
        reservedAt: createdAt,
        createdAt,
        source,
      }),
    ours: (i) => encodeOutcome({ kind: 'reserved', eventId, orderId: id(i), at: createdAt, source }),
  },
  {
    name: 'event id of an order id',
    ours: (i) => {
      hashText(id(i), lanes);
      return eventIds.of(lanes, i);
    },
  },
  { name: 'formatIso', plain: () => new Date().toISOString(), ours: () => formatIso(Date.now()) },
];

/** Folds and sets fill up, so each run begins with new ones. */
function filling(name: string, create: () => (i: number) => unknown, plain?: () => (i: number) => unknown): Row {
  const fresh = (make: () => (i: number) => unknown) => {
    let call = make();
    return (i: number) => {
      if (i === 0) call = make();
      return call(i);
    };
  };
  return { name, ours: fresh(create), ...(plain ? { plain: fresh(plain) } : {}) };
}

rows.push(
  filling(
    'seen.add',
    () => {
      const seen = new Seen();
      return (i) => seen.add(id(i));
    },
    () => {
      const set = new Set<string>();
      return (i) => set.add(id(i));
    },
  ),
  filling('OrdersFold.apply', () => {
    const fold = new Ledger(TOPICS).ordersFold(0);
    return (i) => fold.apply(i, at(orders, i));
  }),
  filling('OutcomesFold.apply', () => {
    const fold = new Ledger(TOPICS).outcomesFold(0);
    return (i) => fold.apply(i, at(outcomes, i));
  }),
);

/** Both topics as analytics folds them, in batches as fetched, beside the fold alone: what watching costs a record. */
function watched(): Row {
  const BATCH = 1000;
  const records = (values: Buffer[]) =>
    values.map((value, offset) => ({
      offset,
      value,
      key: Buffer.from(`run-${id(offset)}`),
      timestamp: 1e12,
      headers: [],
    }));
  const logs = [
    { topic: TOPICS.orders, all: records(orders) },
    { topic: TOPICS.inventoryEvents, all: records(outcomes) },
  ];
  const batches = (fold: (topic: string, batch: ReturnType<typeof records>, i: number) => void) => (i: number) => {
    if (i % BATCH === 0) for (const { topic, all } of logs) fold(topic, all.slice(i, i + BATCH), i);
    return i;
  };
  return filling(
    '… both, watched (foldLive)',
    () => {
      const ledger = new Ledger(TOPICS);
      const onlookers = { latency: new Latency(0), recent: new Recent() };
      onlookers.latency.begin('run');
      return batches((topic, batch, i) => foldLive(ledger, { topic, partition: 0, now: 1e12 + i }, batch, onlookers));
    },
    () => {
      const ledger = new Ledger(TOPICS);
      return batches((topic, batch) => foldRecords(ledger, { topic, partition: 0, until: COUNT }, batch));
    },
  );
}

rows.push(watched());

async function auditRow(): Promise<string> {
  const logs = new Map([TOPICS.orders, TOPICS.inventoryEvents].map((topic, i) => [topic, i === 0 ? orders : outcomes]));
  const records = (topic: string) => (logs.get(topic) ?? []).map((value, offset) => ({ offset, value }));
  const reads = { [TOPICS.orders]: records(TOPICS.orders), [TOPICS.inventoryEvents]: records(TOPICS.inventoryEvents) };
  const before = process.cpuUsage();
  const verdict = await audit({
    topics: TOPICS,
    partitions: [0],
    reader: {
      watermarks: async () => new Map([[0, { low: 0, high: COUNT }]]),
      async *read(topic) {
        const all = reads[topic] ?? [];
        for (let from = 0; from < all.length; from += 1000) yield all.slice(from, from + 1000);
      },
    },
  });
  const { user, system } = process.cpuUsage(before);
  if (!verdict.clean) throw new Error(`the audit is not clean: ${JSON.stringify(verdict)}`);
  return line('audit, a record', undefined, ((user + system) * 1000) / verdict.records);
}

function line(name: string, plain: number | undefined, ours: number): string {
  return `| ${name.padEnd(30)} | ${(plain?.toFixed(0) ?? '').padStart(8)} | ${ours.toFixed(0).padStart(8)} |`;
}

console.log(`Node ${process.version}, ${COUNT} records, CPU ns a call, median of 5`);
console.log(`| ${'call'.padEnd(30)} | ${'plain'.padStart(8)} | ${'ours'.padStart(8)} |`);
console.log(`|${'-'.repeat(32)}|${'-'.repeat(10)}|${'-'.repeat(10)}|`);
for (const { name, plain, ours } of rows) console.log(line(name, plain && measure(plain), measure(ours)));
console.log(await auditRow());
if (sink === undefined) throw new Error('nothing was measured');
