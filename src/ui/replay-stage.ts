import type { Json } from '../engine/engine.ts';
import type { State } from '../engine/state.ts';
import type { Overlay } from './types.ts';

export type ReplayOverlay = Extract<Overlay, { kind: 'replay' }>;
type Running = NonNullable<State['replay']['running']>;
type Verdict = NonNullable<State['replay']['last']>;

/** What a replay would do, as the command `replay analytics --preview` answers. */
export type Preview = { full: boolean; ranges: Range[]; records: number; etaMs: number };
export type Range = { topic: string; partition: number; from: number; to: number; removed: number };

/** Where the guided replay stands. */
export type Stage =
  | { is: 'asking' }
  | { is: 'preview'; preview: Preview }
  | { is: 'beginning' }
  | { is: 'running'; running: Running }
  | { is: 'differs'; running: Running; verdict: Extract<Verdict, { type: 'different' }> }
  | { is: 'ended'; verdict: Verdict }
  | { is: 'failed'; sentence: string };

/** More records than this are replayed only after the group's name was typed. */
export const MANY = 100_000;

/** Where a replay stands, by what the world says first and by what was asked here second. */
export function stageOf(state: State, { preview, begunAt }: ReplayOverlay): Stage {
  const { running, last, lastAt } = state.replay;
  if (running && running.phase !== 'differs') return { is: 'running', running };
  if (running && last?.type === 'different') return { is: 'differs', running, verdict: last };
  if (begunAt !== null && last && lastAt >= begunAt) return { is: 'ended', verdict: last };
  const isUnderWay = Object.values(state.commands).some(({ verb }) => verb === 'replay');
  if (isUnderWay) return begunAt === null ? { is: 'asking' } : { is: 'beginning' };
  if (begunAt === null && preview) return { is: 'preview', preview: previewOf(preview.data) };
  return { is: 'failed', sentence: lastFailure(state) };
}

/** The engine's preview is plain data of this shape. */
function previewOf(data: Json): Preview {
  return data as unknown as Preview;
}

function lastFailure({ log }: State): string {
  const failed = log.findLast((event) => event.type === 'command-failed');
  return failed?.type === 'command-failed' ? failed.error.message : 'nothing was answered';
}
