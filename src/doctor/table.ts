import { type Entry, nameOf } from './address/entry.ts';
import { logIn } from './address/log-in.ts';
import { lookUp } from './address/name.ts';
import { askMechanisms } from './address/sasl.ts';
import { connectTo } from './address/tcp.ts';
import { shakeHands } from './address/tls.ts';
import { askVersions } from './address/versions.ts';
import { type Check, idOf } from './check.ts';
import { reachAdvertised } from './cluster/advertised.ts';
import { compareClocks } from './cluster/clock.ts';
import type { ClusterKnown } from './cluster/cluster.ts';
import { checkController } from './cluster/controller.ts';
import { checkDurability, checkRetention } from './cluster/durability.ts';
import { lookAtGroup } from './cluster/group.ts';
import { identify } from './cluster/identity.ts';
import { checkPermissions } from './cluster/permissions.ts';
import { checkReplicas, lookAtTopics, type Wishes } from './cluster/topics.ts';
import { checkFolder, checkSpace } from './data/folder.ts';
import { lookAtLease } from './data/lease.ts';
import { checkFormat, checkLock } from './data/lock.ts';
import { checkClock } from './machine/clock.ts';
import { checkMemory } from './machine/memory.ts';
import { checkNode } from './machine/node.ts';
import { checkOpenFiles } from './machine/open-files.ts';
import { checkPlatform } from './machine/platform.ts';
import { checkTerminal } from './machine/terminal.ts';
import { checkPort } from './ports/port.ts';
import type { Subject } from './subject.ts';

/** A row: its name, the rows of its part that it needs, and what it does. */
type Row<Of> = Pick<Check, 'name' | 'needs' | 'timeoutMs'> & {
  run(of: Of, signal: AbortSignal): ReturnType<Check['run']>;
};

const MACHINE: readonly Row<Subject['machine']>[] = [
  { name: 'node', run: ({ nodeVersion }) => checkNode(nodeVersion) },
  { name: 'platform', run: ({ system }) => checkPlatform(system) },
  { name: 'terminal', run: ({ terminal }) => checkTerminal(terminal) },
  { name: 'clock', run: ({ clocks }) => checkClock(clocks) },
  { name: 'memory', run: ({ memory }) => checkMemory(memory) },
  { name: 'open files', run: async ({ openFiles }) => checkOpenFiles(await openFiles()) },
];

const DATA: readonly Row<Subject['data']>[] = [
  { name: 'folder', run: ({ root, inner }) => checkFolder(root, inner) },
  { name: 'free space', run: ({ root }) => checkSpace(root) },
];

const BROKER: readonly Row<NonNullable<Subject['embedded']>>[] = [
  { name: 'lock', run: ({ lock }) => checkLock(lock) },
  { name: 'format', run: ({ format, readable }) => checkFormat(format(), readable) },
  { name: 'start', timeoutMs: 20_000, run: ({ tryStart }, signal) => tryStart(signal) },
];

const ADDRESS: readonly Row<Entry>[] = [
  { name: 'name', run: lookUp },
  { name: 'tcp', needs: ['name'], run: connectTo, timeoutMs: 8_000 },
  { name: 'tls', needs: ['tcp'], run: shakeHands },
  { name: 'versions', needs: ['tls'], run: askVersions },
  { name: 'sasl', needs: ['versions'], run: askMechanisms },
  { name: 'log-in', needs: ['sasl'], run: logIn },
];

const CLUSTER: readonly Row<ClusterKnown & { wishes: Wishes }>[] = [
  { name: 'cluster', run: identify },
  { name: 'controller', needs: ['cluster'], run: checkController },
  { name: 'advertised', needs: ['cluster'], run: reachAdvertised },
  { name: 'topics', needs: ['cluster'], run: (known) => lookAtTopics(known, known.wishes) },
  { name: 'replicas', needs: ['topics'], run: checkReplicas },
  { name: 'durability', needs: ['topics'], run: checkDurability },
  { name: 'retention', needs: ['topics'], run: checkRetention },
  { name: 'permissions', needs: ['topics', 'advertised'], run: checkPermissions },
  { name: 'clocks', needs: ['topics'], run: compareClocks },
  {
    name: 'inventory',
    needs: ['topics', 'advertised'],
    run: (known) => lookAtGroup(known, known.names.groups.inventory),
  },
  {
    name: 'analytics',
    needs: ['topics', 'advertised'],
    run: (known) => lookAtGroup(known, known.names.groups.analytics),
  },
];

/** Every check that fits the subject, those that others need before them. */
export function checksFor(subject: Subject): Check[] {
  const { machine, data, embedded, ports, cluster, entries } = subject;
  const checks = [
    ...rowsOf('this machine', 'machine', MACHINE, machine),
    ...rowsOf('data', 'machine', DATA, data),
    ...(embedded ? rowsOf('embedded broker', 'machine', BROKER, embedded) : []),
    ...ports.map(({ name, ...port }): Check => {
      return { part: 'ports', name, blames: 'machine', run: (signal) => checkPort(port, signal) };
    }),
  ];
  if (!cluster) return checks;
  const addresses = entries.flatMap((entry) => rowsOf(nameOf(entry), 'cluster', ADDRESS, entry));
  const logIns = addresses.filter(({ name }) => name === 'log-in').map(idOf);
  const [identity, ...others] = rowsOf('cluster', 'cluster', CLUSTER, cluster);
  const first = identity ? [{ ...identity, needsOneOf: logIns }] : [];
  return [...checks, ...addresses, ...first, ...others, ...leaseOf(subject)];
}

function rowsOf<Of>(part: string, blames: Check['blames'], rows: readonly Row<Of>[], of: Of): Check[] {
  return rows.map(({ run, ...row }) => ({ ...row, part, blames, run: (signal) => run(of, signal) }));
}

/** With the embedded broker the lease is not a file; its lock tells who is there. */
function leaseOf({ cluster, embedded, data }: Subject): Check[] {
  if (!cluster || embedded) return [];
  const run = () => lookAtLease(cluster, data.root);
  return [{ part: 'cluster', name: 'lease', blames: 'machine', needs: ['cluster'], run }];
}
