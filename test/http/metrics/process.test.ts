import { afterEach, expect, test } from 'vitest';
import { type ProcessWatch, watchProcess } from '../../../src/http/metrics/process.ts';
import { until } from '../../rig/until.ts';

let watch: ProcessWatch | undefined;
afterEach(() => watch?.close());

test('a loop that was held up shows it, to everybody who asks within the same seconds', async () => {
  const process = watchProcess(0);
  watch = process;
  let now = 0;
  const later = () => {
    now += 10_000;
    return process.read(now).loopDelay;
  };
  await until('the loop was probed', later);
  const end = performance.now() + 300;
  while (performance.now() < end);
  const seen = await until('the delay was measured', () => [later()].find((delay) => (delay?.max ?? 0) > 0.2));
  expect(process.read(now + 1_000).loopDelay).toEqual(seen);
});
