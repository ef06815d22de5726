import { type Event, isSample } from '../engine/event.ts';
import type { EventStore } from '../engine/store.ts';

/** Events that are kept for clients who come again. */
const KEPT = 1000;

/** An event as it goes over the wire, with the id that a client names to go on after it. */
type Frame = { id: string; text: string };

type Listener = { next(frame: Frame): void; end(): void };

/** The fact log as a stream that can be taken up again. */
export type Feed = {
  /** What came after an id, or all that is kept; `missed` when there was more, or when the id is of another run. */
  after(id: string | undefined): { frames: readonly Frame[]; missed: boolean };
  /** Hears what comes from now on, and when no more comes. Returns the way to stop hearing. */
  hear(listener: Listener): () => void;
  close(): void;
};

/** Begins to keep events; what the state remembers of before is there as well. */
export function createFeed(events: Pick<EventStore, 'store' | 'onEvent'>, startedAt: number): Feed {
  // Two runs of the program have ids that differ: an id of the one says nothing about the other.
  const run = startedAt.toString(36);
  const listeners = new Set<Listener>();
  let ring: Frame[] = [];
  let count = 0;

  const keep = (event: Event) => {
    if (isSample(event)) return;
    const { at, type, ...rest } = event;
    const id = `${run}-${++count}`;
    const data = JSON.stringify({ time: new Date(at).toISOString(), type, ...rest });
    const frame = { id, text: `id: ${id}\nevent: ${type}\ndata: ${data}\n\n` };
    ring.push(frame);
    if (ring.length > 2 * KEPT) ring = ring.slice(-KEPT);
    for (const { next } of listeners) next(frame);
  };
  for (const event of events.store.getState().log) keep(event);
  const stop = events.onEvent(keep);

  return {
    after(id) {
      const kept = ring.slice(-KEPT);
      if (id === undefined) return { frames: kept, missed: count > kept.length };
      const at = kept.findIndex((frame) => frame.id === id);
      return at < 0 ? { frames: kept, missed: true } : { frames: kept.slice(at + 1), missed: false };
    },
    hear(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stop();
      for (const { end } of listeners) end();
    },
  };
}
