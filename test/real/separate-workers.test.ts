import { setTimeout as wait } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../rig/folder.ts';
import { expectExactlyOnce, recount, saidBy } from '../rig/independent.ts';
import { whyNoKafka } from '../rig/java.ts';
import { type SecureKafka, startSecureKafka, USERS } from '../rig/kafka-secure.ts';
import { expectExit, resultOf, startProgram } from '../rig/program.ts';
import { type LogLine, startWorker, type WorkerProcess } from '../rig/worker.ts';

const reason = whyNoKafka();

const COUNT = 40_000;
const LOAD = `load ${COUNT} --rate 800/s --duplicates 1% --malformed 0.5% --background`;
/** A session is 10 s: who sleeps longer has been expelled. */
const BEYOND_A_SESSION_MS = 14_000;

const held = ({ assigned }: LogLine) => (assigned as unknown[]).length;

/** The next line about this event, from now on. */
function next(worker: WorkerProcess, event: string, fits: (line: LogLine) => boolean = () => true): Promise<LogLine> {
  const already = new Set(worker.lines);
  return worker.line(event, (line) => !already.has(line) && fits(line));
}

async function leaderOf(addresses: readonly string[], topic: string, partition: number): Promise<number> {
  const admin = new Kafka({ brokers: [...addresses], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  await admin.disconnect();
  const found = topics[0]?.partitions.find(({ partitionId }) => partitionId === partition);
  if (!found) throw new Error(`${topic}/${partition} has no leader`);
  return found.leader;
}

describe.skipIf(reason)(`workers on three secured nodes${reason ? `, skipped because ${reason}` : ''}`, () => {
  let kafka: SecureKafka;

  beforeAll(async () => {
    kafka = await startSecureKafka({ nodes: 3 });
  }, 240_000);
  afterAll(() => kafka?.close());

  test('scaled, killed, put to sleep beyond their session, and with a leader gone, they decide each order once', async () => {
    const args = ['--command-config', kafka.propertiesOf(USERS.lunch)];
    const own = { brokers: kafka.addresses, dataDir: temporaryFolder(), args };
    const all: WorkerProcess[] = [];
    const start = (kind: string) => {
      const worker = startWorker(kind, own);
      all.push(worker);
      return worker;
    };
    const [first, second, analytics] = [start('inventory'), start('inventory'), start('analytics')];
    for (const worker of [first, second, analytics]) await worker.line('group-joined');

    const script = `${LOAD}; wait total_reservations > 1000; say flowing; wait idle --timeout 5m; metrics; audit; say done`;
    const program = startProgram(`${script}; sleep 5m`, {
      args: ['--brokers', kafka.addresses.join(','), '--workers', '0', ...args],
    });
    await program.said('flowing');

    const third = start('inventory');
    await third.line('group-joined', (line) => held(line) === 1);
    const shared = next(second, 'group-joined');
    third.signal('SIGTERM');
    expect(await third.ended).toBe(143);
    await shared;

    const taken = next(second, 'group-joined');
    first.signal('SIGKILL');
    const replacement = start('inventory');
    await taken;
    await replacement.line('partition-restored');

    const alone = next(replacement, 'group-joined', (line) => held(line) === 3);
    second.signal('SIGSTOP');
    await Promise.all([alone, wait(BEYOND_A_SESSION_MS)]);
    const again = next(second, 'group-joined');
    second.signal('SIGCONT');
    await again;

    analytics.signal('SIGKILL');
    const counting = start('analytics');
    await counting.line('group-joined');

    const leader = await leaderOf(kafka.openAddresses, 'orders', 0);
    await kafka.killNode(leader - 1);
    await program.said('done');

    const alive = kafka.openAddresses.toSpliced(leader - 1, 1);
    const account = await recount(alive);
    expectExactlyOnce(account);
    const said = resultOf(program.lines, 'metrics');
    expect(account).toMatchObject(saidBy(said));
    const distinct = COUNT * 0.985;
    expect(account).toMatchObject({ distinct, accepted: distinct });
    // What the load had sent to the dead leader may be sent again, and a malformed record has no id to know its copy by.
    expect(account.deadLetters).toBeGreaterThanOrEqual(COUNT * 0.005);
    expect(resultOf(program.lines, 'audit')).toMatchObject({ clean: true });
    program.kill('SIGTERM');
    expectExit(await program.ended, 143);

    for (const worker of [second, replacement, counting]) worker.signal('SIGTERM');
    for (const worker of [second, replacement, counting]) expect(await worker.ended).toBe(143);
    const printed = all.map(({ lines, stderr }) => JSON.stringify(lines) + stderr).join('');
    expect(printed).not.toContain(USERS.lunch.password);
  }, 420_000);
});
