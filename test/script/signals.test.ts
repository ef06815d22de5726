import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { catchSignals, interruptionOf } from '../../src/script/signals.ts';

function source() {
  const exits: number[] = [];
  return Object.assign(new EventEmitter(), { exits, exit: (code: number) => exits.push(code) });
}

describe('signals', () => {
  test('the first one aborts and says which exit code it means', () => {
    const self = source();
    const { signal } = catchSignals(self);
    expect(interruptionOf(signal)).toBeUndefined();
    self.emit('SIGTERM');
    expect(interruptionOf(signal)).toEqual({ name: 'SIGTERM', exit: 143 });
    expect(self.exits).toEqual([]);
  });

  test('a second one ends the process at once', () => {
    const self = source();
    catchSignals(self);
    self.emit('SIGTERM');
    self.emit('SIGINT');
    expect(self.exits).toEqual([130]);
  });

  test('after release nothing is listened to', () => {
    const self = source();
    catchSignals(self).release();
    expect(self.eventNames()).toEqual([]);
  });
});
