/**
 * The order service of the seed, rebuilt from its description on Node and kafkajs: answers before the broker has
 * acknowledged, batches up to 1,000 records or 5 ms. Only a peer to measure against.
 * `tsx bench/seed-clone/producer-order.ts PORT BROKER TOPIC`
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Kafka, logLevel, type Message } from 'kafkajs';

const [port = '8100', broker = 'localhost:9092', topic = 'orders'] = process.argv.slice(2);
const LINGER_MS = 5;
const BATCH = 1000;

const kafka = new Kafka({ brokers: [broker], clientId: 'producer_order', logLevel: logLevel.NOTHING });
const producer = kafka.producer({ allowAutoTopicCreation: false });
await producer.connect();

let buffer: Message[] = [];
let timer: NodeJS.Timeout | undefined;
let failed = 0;

function flush(): void {
  clearTimeout(timer);
  timer = undefined;
  const messages = buffer;
  buffer = [];
  if (messages.length > 0) producer.send({ topic, messages, acks: -1 }).catch(() => (failed += messages.length));
}

function enqueue(message: Message): void {
  buffer.push(message);
  if (buffer.length >= BATCH) flush();
  else timer ??= setTimeout(flush, LINGER_MS);
}

type Order = { orderId?: string; items?: unknown[] };

const server = createServer(async (request, response) => {
  const answer = (status: number, body: unknown) => {
    const json = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
    return response.writeHead(status, headers).end(json);
  };
  if (request.url === '/health') return answer(200, { status: 'ok', failed });
  if (request.url !== '/produce' || request.method !== 'POST') return answer(404, { detail: 'Not Found' });
  const body = JSON.parse((await text(request)) || '{}') as Order;
  const orderId = body.orderId ?? `o-${randomUUID().slice(0, 8)}`;
  const items = body.items ?? [{ sku: 'burrito', qty: 1 }];
  const createdAt = new Date().toISOString();
  const event = { eventId: randomUUID(), eventType: 'OrderPlaced', orderId, items, createdAt };
  enqueue({ key: orderId, value: JSON.stringify(event) });
  return answer(200, { orderId, status: 'PRODUCED', event });
});
server.listen(Number(port), '127.0.0.1');
