import type { ActionContext, ActionRow } from '../../types.ts';
import { isOnBroker } from './on.ts';

function notOurs({ state }: ActionContext): string | undefined {
  const { embedded, address, state: is } = state.cluster;
  if (is === 'starting') return 'the broker is still starting';
  return embedded ? undefined : `the broker at ${address} is not ours to stop`;
}

function isDown({ state }: ActionContext): boolean {
  return state.cluster.state === 'stopped';
}

const WAIT = 'Workers and load wait for it and go on when it is back. Nothing that was acknowledged is lost.';

/** Stopping, starting and killing the embedded broker. */
export const broker: readonly ActionRow[] = [
  {
    id: 'stop-broker',
    layer: 'faults',
    chords: ['s'],
    hint: 'stop',
    help: 'stops the embedded broker; it stays down until s starts it',
    rank: 23,
    applies: (context) => isOnBroker(context) && !isDown(context),
    guard: notOurs,
    danger: () => ({
      title: 'Stop the broker',
      lines: ['It writes what it holds to disk and ends. It stays down until you start it.', WAIT],
      go: 'Stop',
    }),
    run: () => [{ do: 'command', command: { verb: 'broker', action: 'stop' } }],
  },
  {
    id: 'start-broker',
    layer: 'faults',
    chords: ['s'],
    hint: 'start',
    help: 'starts the embedded broker again, on its port',
    rank: 23,
    applies: (context) => isOnBroker(context) && isDown(context),
    run: () => [{ do: 'command', command: { verb: 'broker', action: 'start' } }],
  },
  {
    id: 'kill-broker',
    layer: 'faults',
    chords: ['K'],
    hint: 'kill',
    help: 'kills the process of the embedded broker without a goodbye; it is restarted on its port',
    rank: 24,
    applies: isOnBroker,
    guard: (context) => notOurs(context) ?? (isDown(context) ? 'it is stopped already' : undefined),
    danger: () => ({
      title: 'Kill the broker',
      lines: ['Its process ends at once, in the middle of whatever it writes. It is restarted on its port.', WAIT],
      go: 'Kill',
    }),
    run: () => [{ do: 'command', command: { verb: 'broker', action: 'kill' } }],
  },
];
