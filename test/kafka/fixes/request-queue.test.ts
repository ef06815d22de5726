import { createRequire } from 'node:module';
import { afterEach, describe, expect, test, vi } from 'vitest';
import '../../../src/kafka/fixes/index.ts';
import { stock } from '../stock.ts';

type Queue = {
  push(request: object): void;
  fulfillRequest(response: object): void;
  maybeThrottle(ms: number): void;
};
type QueueClass = new (options: object) => Queue;

const path = 'kafkajs/src/network/requestQueue';
const Fixed = createRequire(import.meta.url)(path) as QueueClass;
const Stock = stock<QueueClass>(path);

const silent = () => undefined;
const logger = { debug: silent, warn: silent };

function createQueue(Queue: QueueClass, maxInFlightRequests: number | null = null) {
  const sent: number[] = [];
  const queue = new Queue({ maxInFlightRequests, requestTimeout: 1_000, clientId: 'c', broker: 'b', logger });
  const push = (correlationId: number) => {
    const entry = { correlationId, apiName: 'x', resolve: silent, reject: silent };
    queue.push({ entry, expectResponse: true, sendRequest: () => sent.push(correlationId) });
  };
  const answer = (correlationId: number) => queue.fulfillRequest({ correlationId, payload: null, size: 0 });
  return { queue, sent, push, answer };
}

describe('request queue', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('stock kafkajs keeps a timer with a negative delay after an answer', () => {
    vi.useFakeTimers();
    const { push, answer } = createQueue(Stock);
    push(1);
    answer(1);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(100);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('an idle queue has no timer', () => {
    vi.useFakeTimers();
    const { push, answer } = createQueue(Fixed);
    push(1);
    answer(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a throttled request is sent when the throttle ends, and the timer with it', () => {
    vi.useFakeTimers();
    const { queue, sent, push } = createQueue(Fixed);
    queue.maybeThrottle(500);
    push(1);
    vi.advanceTimersByTime(499);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(sent).toEqual([1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('requests above the limit are sent in order as answers come', () => {
    vi.useFakeTimers();
    const { sent, push, answer } = createQueue(Fixed, 1);
    for (const id of [1, 2, 3]) push(id);
    expect(sent).toEqual([1]);
    answer(1);
    answer(2);
    expect(sent).toEqual([1, 2, 3]);
  });
});
