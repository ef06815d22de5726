import type { Command } from '../engine/command.ts';
import { writeDuration } from '../engine/language/quantity.ts';
import type { State } from '../engine/state.ts';

/** What progress is told from. */
export type Look = {
  state: State;
  /** How long the command has been running (ms). */
  forMs: number;
  /** What `idle` waits for. */
  waitsFor: string;
  fact(name: string): number | string | undefined;
};

/** How far a command is: `share` 0..1 where that is known, and words. */
export type Progress = { share: number | undefined; words: string };

/** How far the commands are that take their time; undefined for all others. */
export function progressOf(command: Command, look: Look): Progress | undefined {
  if (command.verb === 'load') return loadProgress(command, look);
  if (command.verb === 'sleep') return spent(look.forMs, command.forMs, 'sleeping');
  if (command.verb === 'wait') return spent(look.forMs, command.timeoutMs, waiting(command, look));
  if (command.verb === 'replay' && command.action === 'run') return replayProgress(look);
  return undefined;
}

function loadProgress({ count, durationMs }: Extract<Command, { verb: 'load' }>, { state, forMs }: Look): Progress {
  const { report, plan } = state.load;
  const [produced, asked] = [report?.produced ?? 0, plan?.count ?? count];
  const shares = [asked && produced / asked, durationMs && forMs / durationMs].filter((share) => share !== undefined);
  const of = asked === undefined ? '' : ` of ${asked.toLocaleString('en')}`;
  const speed = `${Math.round(report?.achieved ?? 0).toLocaleString('en')}/s`;
  return {
    share: shares.length > 0 ? Math.max(...shares) : undefined,
    words: `${produced.toLocaleString('en')}${of} records, ${speed}`,
  };
}

function replayProgress({ state }: Look): Progress {
  const { running } = state.replay;
  if (!running) return { share: undefined, words: 'beginning' };
  const { phase, folded, records } = running;
  const words = `${phase}, ${folded.toLocaleString('en')} of ${records.toLocaleString('en')} records`;
  return { share: records > 0 ? folded / records : undefined, words };
}

function waiting(command: Extract<Command, { verb: 'wait' }>, { waitsFor, fact }: Look): string {
  if (command.for === 'idle') return waitsFor || 'waiting for idle';
  if (command.for === 'event') return `waiting for ${command.event}`;
  return command.condition.clauses.map((clause) => `${clause.fact} is ${fact(clause.fact) ?? 'unknown'}`).join(', ');
}

function spent(forMs: number, ofMs: number, words: string): Progress {
  const seconds = `${Math.floor(forMs / 1000)} s of ${writeDuration(ofMs)}`;
  return { share: ofMs > 0 ? forMs / ofMs : undefined, words: `${words}, ${seconds}` };
}
