import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { freePort } from './free-port.ts';
import { fetchJars, javaTool, LIBS } from './java.ts';
import { until } from './until.ts';

/** A real Apache Kafka in KRaft mode, on this machine. */
export type RealKafka = {
  /** `host:port` of every node. */
  readonly addresses: string[];
  /** Ends a node as a power cut would. */
  killNode(index: number): Promise<void>;
  /** Ends all nodes and removes their data. */
  close(): Promise<void>;
};

type Ports = { client: number; controller: number };

const HOST = '127.0.0.1';

function properties(folder: string, node: number, ports: readonly Ports[]): string {
  const { client, controller } = ports[node - 1] as Ports;
  const replicas = ports.length;
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': node,
    'controller.quorum.voters': ports.map((each, i) => `${i + 1}@${HOST}:${each.controller}`).join(','),
    listeners: `PLAINTEXT://${HOST}:${client},CONTROLLER://${HOST}:${controller}`,
    'advertised.listeners': `PLAINTEXT://${HOST}:${client}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': join(folder, `data-${node}`),
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': Math.min(2, replicas),
    'min.insync.replicas': Math.min(2, replicas),
    'offsets.topic.num.partitions': 3,
    'group.initial.rebalance.delay.ms': 0,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return `${lines.join('\n')}\n`;
}

async function startNode(folder: string, node: number, ports: readonly Ports[], clusterId: string) {
  const file = join(folder, `node-${node}.properties`);
  writeFileSync(file, properties(folder, node, ports));
  await javaTool('kafka.tools.StorageTool', ['format', '-t', clusterId, '-c', file]);
  const memory = ports.length > 1 ? '-Xmx384m' : '-Xmx512m';
  return spawn('java', [memory, '-XX:+UseSerialGC', '-cp', `${LIBS}/*`, 'kafka.Kafka', file], { stdio: 'ignore' });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** All nodes are there when one of them says so: metadata names them and topics can be made. */
async function answers(addresses: readonly string[]): Promise<boolean> {
  const kafka = new Kafka({ brokers: [...addresses], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    return brokers.length === addresses.length;
  } catch {
    return false;
  } finally {
    await admin.disconnect();
  }
}

/** Starts Apache Kafka with that many nodes, each broker and controller. */
export async function startKafka(nodes: number): Promise<RealKafka> {
  await fetchJars();
  const folder = mkdtempSync(join(tmpdir(), 'lunchrush-kafka-'));
  // Formed like Kafka's own ids; a leading dash would look like an option.
  const clusterId = `K${randomBytes(16).toString('base64url').slice(1, 21)}g`;
  const ports: Ports[] = [];
  for (let i = 0; i < nodes; i++) ports.push({ client: await freePort(), controller: await freePort() });
  const addresses = ports.map(({ client }) => `${HOST}:${client}`);
  const running = await Promise.all(ports.map((_, i) => startNode(folder, i + 1, ports, clusterId)));
  await until(`${nodes} nodes of Apache Kafka`, () => answers(addresses), 90_000);
  return {
    addresses,
    killNode: (index) => end(running[index] as ChildProcess),
    async close() {
      await Promise.all(running.map(end));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
