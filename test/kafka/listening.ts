import { expect } from 'vitest';
import type { Connection } from '../../src/kafka/client.ts';
import type { Fault } from '../../src/kafka/errors.ts';
import type { Assignment, FetchedBatch, GroupListener, Jump, LostReason } from '../../src/kafka/group/listener.ts';
import { createGroupConsumer, type GroupConsumer, type GroupConsumerSettings } from '../../src/kafka/group-consumer.ts';

/** What a consumer has told, in the order of telling. */
type Told = {
  assignments: Assignment[];
  lost: LostReason[];
  beats: number[];
  batches: FetchedBatch[];
  jumps: Jump[];
  troubles: Fault[];
  crashes: unknown[];
};

/** A consumer with everything that it told. */
export type Listening = Told & {
  consumer: GroupConsumer;
  /** Values of all records told so far, or of those of one partition. */
  values(partition?: number): string[];
  /** Waits until the consumer has been assigned partitions for the nth time. */
  assigned(times?: number): Promise<Assignment>;
};

function takeNotes(told: Told, then: () => Partial<GroupListener>): GroupListener {
  return {
    assigned(assignment) {
      told.assignments.push(assignment);
      then().assigned?.(assignment);
    },
    lost(reason) {
      told.lost.push(reason);
      then().lost?.(reason);
    },
    heartbeat({ generation }) {
      told.beats.push(generation);
    },
    batch(batch) {
      told.batches.push(batch);
      then().batch?.(batch);
    },
    jumped(jump) {
      told.jumps.push(jump);
    },
    trouble(fault) {
      told.troubles.push(fault);
    },
    crashed(error) {
      told.crashes.push(error);
    },
  };
}

/** Starts a consumer. What `also` gives for it hears assignments, losses and batches after they have been noted. */
export function listen(
  connection: Connection,
  settings: GroupConsumerSettings,
  also: (consumer: GroupConsumer) => Partial<GroupListener> = () => ({}),
): Listening {
  const told: Told = { assignments: [], lost: [], beats: [], batches: [], jumps: [], troubles: [], crashes: [] };
  const listener = takeNotes(told, () => also(consumer));
  const consumer = createGroupConsumer(connection, settings, listener);
  consumer.start();
  return {
    ...told,
    consumer,
    values(partition) {
      const wanted = told.batches.filter((batch) => partition === undefined || batch.partition === partition);
      return wanted.flatMap(({ records }) => records.map(({ value }) => value?.toString() ?? ''));
    },
    async assigned(times = 1) {
      await expect.poll(() => told.assignments.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(times);
      return told.assignments[times - 1] as Assignment;
    },
  };
}
