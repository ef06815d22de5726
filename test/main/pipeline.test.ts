import { describe, expect, test } from 'vitest';
import { prepareEvents } from '../../src/main/pipeline.ts';
import { createFakeClock } from '../engine/fake-clock.ts';

describe('the state that a pipeline is told in', () => {
  test('knows from its first moment whether anything may be changed', () => {
    const told = (options: { readOnly?: boolean }) =>
      prepareEvents({ prefix: '', ...options }, createFakeClock()).store.getState().pipeline.readOnly;
    expect(told({ readOnly: true })).toBe(true);
    expect(told({})).toBeUndefined();
  });

  test('has the names of topics and groups behind their prefix', () => {
    const { pipeline } = prepareEvents({ prefix: 'lunch-' }, createFakeClock()).store.getState();
    expect(pipeline.topics.orders).toBe('lunch-orders');
    expect(pipeline.groups.analytics).toBe('lunch-analytics-group');
  });
});
