import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSequence, ProducerState } from '../../../src/broker/log/producer-state.ts';
import { headerAt } from '../../../src/broker/protocol/record-batch.ts';
import { batchOf } from '../batch-of.ts';

const MAX = 2 ** 31 - 1;

function header(sequence: number, { count = 1, epoch = 0, id = 9 } = {}) {
  const values = Array.from({ length: count }, () => 'v');
  return headerAt(batchOf({ values, producerId: id, producerEpoch: epoch, sequence }), 0);
}

/** A state in which producer 9 has sent batches of one record with the sequences from `first` on. */
function stateAfter(first: number, count: number): ProducerState {
  const state = new ProducerState();
  for (let i = 0; i < count; i++) state.record(header(addSequence(first, i)), 100 + i, 0);
  return state;
}

describe('the sequences of a producer', () => {
  test('the next one in the row is appended', () => {
    expect(stateAfter(0, 3).judge(header(3))).toEqual({ kind: 'append' });
  });

  test('each of the last five batches is known again with its old offset', () => {
    const state = stateAfter(0, 7);
    for (const sequence of [2, 3, 4, 5, 6]) {
      expect(state.judge(header(sequence))).toEqual({ kind: 'duplicate', baseOffset: 100 + sequence });
    }
  });

  test('a batch older than the last five is out of order, and so is one that leaves a gap', () => {
    expect(stateAfter(0, 7).judge(header(1))).toEqual({ kind: 'refused', error: 45 });
    expect(stateAfter(0, 7).judge(header(8))).toEqual({ kind: 'refused', error: 45 });
  });

  test('a batch that begins like a known one but is longer is no duplicate', () => {
    expect(stateAfter(0, 3).judge(header(2, { count: 2 }))).toEqual({ kind: 'refused', error: 45 });
  });

  test('an older epoch is fenced, a newer one begins at zero', () => {
    const state = new ProducerState();
    state.record(header(0, { epoch: 3 }), 0, 0);
    expect(state.judge(header(1, { epoch: 2 }))).toEqual({ kind: 'refused', error: 47 });
    expect(state.judge(header(1, { epoch: 4 }))).toEqual({ kind: 'refused', error: 45 });
    expect(state.judge(header(0, { epoch: 4 }))).toEqual({ kind: 'append' });
  });

  test('an unknown producer may begin at any sequence, and one without an id is not judged', () => {
    expect(new ProducerState().judge(header(77))).toEqual({ kind: 'append' });
    expect(stateAfter(0, 3).judge(header(-1, { id: -1 }))).toEqual({ kind: 'append' });
  });

  test('the row goes on at zero behind the highest sequence', () => {
    const state = stateAfter(MAX - 1, 2);
    expect(state.judge(header(0))).toEqual({ kind: 'append' });
    state.record(header(0, { count: 3 }), 200, 0);
    expect(state.judge(header(3))).toEqual({ kind: 'append' });
  });

  test('a batch whose sequences run over the highest one is remembered by its true end', () => {
    const state = new ProducerState();
    state.record(header(MAX - 1, { count: 4 }), 0, 0);
    expect(state.judge(header(2))).toEqual({ kind: 'append' });
    expect(state.judge(header(MAX - 1, { count: 4 }))).toEqual({ kind: 'duplicate', baseOffset: 0 });
  });

  test('who was silent for too long is forgotten', () => {
    const state = stateAfter(0, 3);
    state.expire(1);
    expect(state.size).toBe(0);
  });
});

test('any history restored from its entries judges as before', () => {
  const sends = fc.array(fc.record({ id: fc.nat(3), count: fc.integer({ min: 1, max: 4 }) }), { maxLength: 40 });
  const property = fc.property(sends, fc.nat(3), fc.nat(60), (history, id, sequence) => {
    const state = new ProducerState();
    const next = new Map<number, number>();
    for (const [i, send] of history.entries()) {
      const from = next.get(send.id) ?? 0;
      state.record(header(from, send), i, 0);
      next.set(send.id, from + send.count);
    }
    const restored = new ProducerState();
    restored.restore(structuredClone(state.entries()));
    expect(restored.judge(header(sequence, { id }))).toEqual(state.judge(header(sequence, { id })));
  });
  fc.assert(property, { numRuns: 50 });
});
