import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFakeClock } from '../fake-clock.ts';
import { createConsumer } from './consumer.ts';
import { type Stage, settle, stage } from './stage.ts';

const CONSUMERS = 4;

/** What can befall a group. */
const blow = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('step'), who: fc.nat(CONSUMERS - 1) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait'), who: fc.nat(12_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stall'), who: fc.nat(12_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut'), who: fc.nat(CONSUMERS - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave'), who: fc.nat(CONSUMERS - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('die'), who: fc.nat(CONSUMERS - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart'), who: fc.constant(0) }) },
);

async function live(blows: { kind: string; who: number }[]): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chaos-'));
  const clock = createFakeClock();
  let starts = 0;
  let ids = 0;
  const begin = () => stage({ dataDir, clock, newId: () => `s${starts}-${ids++}` });
  let s: Stage = begin();
  const shares = new Map<number, string>();
  const onShare = (generation: number, word: string) => {
    expect(word).toBe(shares.get(generation) ?? word);
    shares.set(generation, word);
  };
  const alive = Array.from({ length: CONSUMERS }, (_, i) => createConsumer(() => s, `c${i}`, onShare));
  const doing: Record<string, (who: number) => unknown> = {
    step: (who) => alive[who % alive.length]?.step(),
    wait: (ms) => clock.advance(ms),
    stall: (ms) => clock.stall(ms),
    cut: (who) => alive[who % alive.length]?.cut(),
    leave: (who) => alive[who % alive.length]?.leave(),
    die: (who) => alive.length > 1 && alive.splice(who % alive.length, 1),
    async restart() {
      for (const consumer of alive) consumer.cut();
      await s.stop();
      starts++;
      s = begin();
    },
  };
  try {
    for (const { kind, who } of blows) {
      await doing[kind]?.(who);
      await settle();
    }
    for (let calm = 0; calm < 200; calm++) {
      for (const consumer of alive) consumer.step();
      clock.advance(500);
      await settle();
    }
    expect(alive.map(({ isIn }) => isIn)).toEqual(alive.map(() => true));
    expect(new Set(alive.map(({ generation }) => generation)).size).toBe(1);
    const { groupState, members } = s.describe();
    expect(groupState).toBe('Stable');
    expect(members.map(({ memberId }) => memberId).sort()).toEqual(alive.map(({ memberId }) => memberId).sort());
  } finally {
    await s.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  expect(clock.timers).toBe(0);
}

test('whatever befalls a group, no generation has two assignments, and in calm all that live are in it', async () => {
  await fc.assert(fc.asyncProperty(fc.array(blow, { maxLength: 60 }), live), { numRuns: 60 });
}, 60_000);
