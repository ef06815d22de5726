/**
 * Single orders over HTTP, beside the seed's service: `npx tsx bench/produce-http.ts [SECONDS] [CONNECTIONS]`. All stand
 * before the same broker, take turns of five seconds until each has had its time, and the order of turns changes. Ours answers
 * after the acknowledgement and runs its pipeline meanwhile; the others answer before, and only write. In the end the log
 * is asked how many orders there are. PYTHON=… adds the seed's own stack (fastapi, uvicorn, confluent-kafka); BROKER=…
 * another broker than an embedded one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { freePort } from '../test/rig/free-port.ts';
import { post } from './produce-http/connections.ts';
import { cpuOf, type Service, start } from './produce-http/services.ts';

const seconds = Number(process.argv[2] ?? 60);
const connections = Number(process.argv[3] ?? 16);
const TURN_S = 5;
const folder = mkdtempSync(join(tmpdir(), 'lunchrush-bench-'));
const tsx = ['--import', 'tsx'];

type Sums = { service: Service; took: number[]; bad: number; forS: number; cpuS: number };

async function startBroker(): Promise<{ address: string; stop(): void }> {
  if (process.env['BROKER']) return { address: process.env['BROKER'], stop: () => {} };
  const { spawn } = await import('node:child_process');
  const port = await freePort();
  const args = ['dist/main.js', 'broker', '--data-dir', join(folder, 'broker'), '--broker-port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { address: `127.0.0.1:${port}`, stop: () => void child.kill('SIGTERM') };
}

async function startServices(address: string, services: Service[]): Promise<void> {
  const prefix = `bench-${Date.now()}-`;
  const port = await freePort();
  const doors = ['--orders-port', String(port), '--analytics-port', String(await freePort())];
  const ours = ['--brokers', address, '--data-dir', join(folder, 'ours'), '--prefix', prefix, ...doors];
  const named = { name: 'lunchrush serve', port, topic: `${prefix}orders` };
  services.push(await start(named, [process.execPath, 'dist/main.js', 'serve', ...ours]));
  const peers: [string, [string, ...string[]]][] = [
    ['clone, node and kafkajs', [process.execPath, ...tsx, 'bench/seed-clone/producer-order.ts']],
  ];
  const python = process.env['PYTHON'];
  if (python) peers.push(['clone, its own stack', [python, 'bench/seed-clone/producer_order.py']]);
  for (const [i, [name, command]] of peers.entries()) {
    const peer = { name, port: await freePort(), topic: `${prefix}clone-${i}` };
    await createTopic(address, peer.topic);
    services.push(await start(peer, [...command, String(peer.port), address, peer.topic]));
  }
}

async function withAdmin<T>(address: string, work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
  const admin = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  return work(admin).finally(() => admin.disconnect());
}

const createTopic = (address: string, topic: string) =>
  withAdmin(address, (admin) => admin.createTopics({ topics: [{ topic, numPartitions: 3 }] }));

const countOf = (address: string, topic: string) =>
  withAdmin(address, async (admin) =>
    (await admin.fetchTopicOffsets(topic)).reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0),
  );

async function turn(sums: Sums): Promise<void> {
  const cpu = cpuOf(sums.service);
  const began = performance.now();
  const { took, bad } = await post(sums.service.port, connections, TURN_S * 1000);
  for (const each of took) sums.took.push(each);
  sums.bad += bad;
  sums.forS += (performance.now() - began) / 1000;
  sums.cpuS += cpuOf(sums.service) - cpu;
}

function row({ service, took, bad, forS, cpuS }: Sums, inLog: number): string {
  const sorted = took.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  const rate = Math.round(took.length / forS).toLocaleString('en');
  const cpu = ((cpuS / took.length) * 1e6).toFixed(0);
  const cells = [service.name, rate, at(0.5), at(0.99), at(0.999), at(1 - 1e-9), cpu, took.length, bad, inLog];
  return `| ${cells.join(' | ')} |`;
}

async function compare(address: string, services: Service[]): Promise<void> {
  const all: Sums[] = services.map((service) => ({ service, took: [], bad: 0, forS: 0, cpuS: 0 }));
  for (const { port } of services) await post(port, connections, 2000);
  await wait(1000);
  const before = await Promise.all(services.map(({ topic }) => countOf(address, topic)));
  for (let done = 0; done < seconds; done += TURN_S) {
    for (let i = 0; i < all.length; i++) await turn(all[(i + done / TURN_S) % all.length] as Sums);
  }
  await wait(2000);
  console.log('| service | orders/s | p50 ms | p99 | p99.9 | max | CPU µs/order | answered | refused | in the log |');
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const [i, sums] of all.entries()) {
    console.log(row(sums, (await countOf(address, sums.service.topic)) - (before[i] as number)));
  }
}

const broker = await startBroker();
const services: Service[] = [];
try {
  await startServices(broker.address, services);
  await compare(broker.address, services);
} finally {
  for (const { child } of services) child.kill('SIGTERM');
  await Promise.all(services.map(({ child }) => new Promise((resolve) => child.once('exit', resolve))));
  broker.stop();
  await wait(500);
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
