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

/** How all nodes of a cluster are set up. */
export type NodesPlan = {
  /** Names of listeners for clients, each with Kafka's protocol. The first one is in plain text: brokers meet there. */
  listeners: Record<string, 'PLAINTEXT' | 'SSL' | 'SASL_SSL'>;
  /** Settings of every node besides those that make it one. */
  settings?(folder: string): Record<string, string | number>;
  /** Arguments of `kafka-storage format`, such as the first users. */
  format?: string[];
  /** Goes before Kafka's jars on the class path. */
  classes?: string;
};

/** Nodes of Apache Kafka in KRaft mode, each broker and controller. */
export type KafkaNodes = {
  /** For the files of whoever set them up; goes with the nodes. */
  readonly folder: string;
  /** `host:port` of every node, by listener. */
  readonly addresses: Readonly<Record<string, string[]>>;
  /** Ends a node as a power cut would. */
  killNode(index: number): Promise<void>;
  /** Starts a killed node again, with its data; resolves when the cluster counts it. */
  startNode(index: number): Promise<void>;
  /** Ends all nodes and removes their data. */
  close(): Promise<void>;
};

type Ports = { controller: number; clients: Record<string, number> };

const HOST = '127.0.0.1';

function properties(folder: string, node: number, all: readonly Ports[], plan: NodesPlan): string {
  const { controller, clients } = all[node - 1] as Ports;
  const replicas = all.length;
  const names = Object.keys(plan.listeners);
  const urls = names.map((name) => `${name}://${HOST}:${clients[name]}`);
  const protocols = Object.entries({ CONTROLLER: 'PLAINTEXT', ...plan.listeners });
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': node,
    'controller.quorum.voters': all.map((each, i) => `${i + 1}@${HOST}:${each.controller}`).join(','),
    listeners: [...urls, `CONTROLLER://${HOST}:${controller}`].join(','),
    'advertised.listeners': urls.join(','),
    'inter.broker.listener.name': names[0],
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': protocols.map(([name, protocol]) => `${name}:${protocol}`).join(','),
    'log.dirs': join(folder, `data-${node}`),
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': Math.min(2, replicas),
    'min.insync.replicas': Math.min(2, replicas),
    'offsets.topic.num.partitions': 3,
    'group.initial.rebalance.delay.ms': 0,
    ...plan.settings?.(folder),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  return `${lines.join('\n')}\n`;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Gives free ports, each once: the system may name one again before anybody listens there. */
function distinctPorts(): () => Promise<number> {
  const given = new Set<number>();
  return async () => {
    for (;;) {
      const port = await freePort();
      if (given.has(port)) continue;
      given.add(port);
      return port;
    }
  };
}

/** Nodes are there when one of them says so: metadata names as many. */
async function counts(addresses: readonly string[], nodes: number): Promise<boolean> {
  const kafka = new Kafka({ brokers: [...addresses], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    return brokers.length === nodes;
  } catch {
    return false;
  } finally {
    await admin.disconnect();
  }
}

/** Starts Apache Kafka with that many nodes. */
export async function startNodes(nodes: number, plan: NodesPlan): Promise<KafkaNodes> {
  await fetchJars();
  const folder = mkdtempSync(join(tmpdir(), 'lunchrush-kafka-'));
  // Formed like Kafka's own ids; a leading dash would look like an option.
  const clusterId = `K${randomBytes(16).toString('base64url').slice(1, 21)}g`;
  const names = Object.keys(plan.listeners);
  const ports: Ports[] = [];
  const port = distinctPorts();
  for (let i = 0; i < nodes; i++) {
    const clients: Record<string, number> = {};
    for (const name of names) clients[name] = await port();
    ports.push({ controller: await port(), clients });
  }
  const addressesOf = (name: string) => ports.map(({ clients }) => `${HOST}:${clients[name]}`);
  const fileOf = (index: number) => join(folder, `node-${index + 1}.properties`);
  const classPath = [...(plan.classes ? [plan.classes] : []), `${LIBS}/*`].join(':');
  const memory = nodes > 1 ? '-Xmx384m' : '-Xmx512m';
  const run = (index: number) =>
    spawn('java', [memory, '-XX:+UseSerialGC', '-cp', classPath, 'kafka.Kafka', fileOf(index)], { stdio: 'ignore' });
  const format = async (index: number) => {
    writeFileSync(fileOf(index), properties(folder, index + 1, ports, plan));
    const args = ['format', '-t', clusterId, '-c', fileOf(index), ...(plan.format ?? [])];
    await javaTool('kafka.tools.StorageTool', args, classPath);
    return run(index);
  };
  const running = await Promise.all(ports.map((_, index) => format(index)));
  const close = async () => {
    await Promise.all(running.map(end));
    rmSync(folder, { recursive: true, force: true });
  };
  const untilCounted = (count: number) =>
    until(`${count} nodes of Apache Kafka`, () => counts(addressesOf(names[0] ?? ''), count), 90_000);
  const alive = () => running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).length;
  try {
    await untilCounted(nodes);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    folder,
    addresses: Object.fromEntries(names.map((name) => [name, addressesOf(name)])),
    killNode: (index) => end(running[index] as ChildProcess),
    async startNode(index) {
      await end(running[index] as ChildProcess);
      running[index] = run(index);
      await untilCounted(alive());
    },
    close,
  };
}
