import type { Command } from '../../engine/command.ts';
import type { Event } from '../../engine/event.ts';
import type { Tone } from '../types.ts';

/** The command that brought something about: as typed, and as carried out. */
export type Cause = { id: number; command: Command; text: string };

/** Letters under the curve of the lag strip, and what each stands for. */
export const MARKS = {
  t: 'throttle',
  f: 'fail rate',
  l: 'load',
  k: 'killed',
  h: 'hung',
  d: 'died',
  p: 'paused',
  g: 'goes on',
  s: 'scaled, started or stopped',
  r: 'rebalanced',
  b: 'broker',
  x: 'cluster away',
  R: 'replay',
} as const;

export type Mark = keyof typeof MARKS;

/** One thing that happened, in words. `short` is what stands beside the curve; what has a mark has one. */
export type Sentence = { text: string; tone?: Tone; mark?: Mark; short?: string };

/** A line of the log of facts: what happened, when, by which command. One fact may be told by several events. */
export type Fact = Sentence & {
  /** Stays the same for as long as its first event is remembered; grows with time. */
  id: number;
  at: number;
  cause: Cause | undefined;
  events: readonly Event[];
};
