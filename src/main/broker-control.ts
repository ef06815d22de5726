import type { Launched } from '../broker/launch.ts';
import type { Clock } from '../engine/clock.ts';
import { pause } from '../engine/clock.ts';
import type { BrokerControl } from '../engine/hall.ts';
import type { EventStore } from '../engine/store.ts';

/** Waits between tries to bring a dead broker back, ms. */
const RETRY_MS = [200, 1_000, 5_000];

/**
 * Control of the embedded broker for the doors. One that dies, killed or by itself, comes back on its port; one that was
 * stopped stays down until it is started.
 */
export function controlBroker(launched: Launched, events: EventStore, clock: Clock): BrokerControl {
  let isWanted = true;
  const started = (note: string) =>
    events.emit({
      type: 'broker-started',
      address: launched.address,
      embedded: true,
      attached: launched.attached,
      note,
    });
  const bringBack = async () => {
    for (let attempt = 0; isWanted; attempt++) {
      await pause(clock, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] as number);
      if (!isWanted) return;
      try {
        await launched.restart();
        return started('came back on its port');
      } catch (error) {
        events.emit({
          type: 'broker-stopped',
          asked: false,
          reason: error instanceof Error ? error.message : String(error),
        });
      }
    }
  };
  launched.onExit(({ code, signal, asked }) => {
    const reason = asked ? '' : signal ? `its process ended by ${signal}` : `its process ended with code ${code}`;
    events.emit({ type: 'broker-stopped', asked, reason });
    if (isWanted && !asked) void bringBack();
  });
  return {
    async stop() {
      isWanted = false;
      await launched.stop();
    },
    async start() {
      if (isWanted) return;
      isWanted = true;
      await launched.restart();
      started('started by you');
    },
    async kill() {
      await launched.kill();
    },
  };
}
