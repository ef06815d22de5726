import type { Coordinator } from './coordinator.ts';
import { type Group, rebalanceTimeoutOf } from './group.ts';

/**
 * The first rebalance of an empty group waits a moment for others, and again while others arrive, at most for the rebalance
 * timeout. Source: KIP-134.
 */
export function gather({ clock, settings }: Coordinator, group: Group, complete: () => void): void {
  const delayMs = settings.initialRebalanceDelayMs;
  let leftMs = Math.max(rebalanceTimeoutOf(group), delayMs);
  const lapse = () => {
    const again = group.newcomer && leftMs > 0;
    group.newcomer = false;
    if (again) return wait(Math.min(delayMs, leftMs));
    group.gathering = false;
    complete();
  };
  const wait = (ms: number) => {
    leftMs -= ms;
    group.cancelJoinPhase = clock.setTimer(ms, lapse);
  };
  group.gathering = true;
  group.newcomer = false;
  wait(delayMs);
}
