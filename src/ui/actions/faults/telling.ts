import type { Command } from '../../../engine/command.ts';
import type { WorkerState } from '../../../engine/state.ts';
import { held } from '../../panes/faults/workers.ts';
import type { ActionContext, ActionRow, Question } from '../../types.ts';
import { foreignOn, workerOn } from './on.ts';

/** Why nothing can be done to a worker: the cursor is on none, or on another program's. */
export function needsWorker(context: ActionContext): string | undefined {
  if (workerOn(context)) return undefined;
  const foreign = foreignOn(context);
  return foreign ? `${foreign.member.clientId} is not ours: tell the program that runs it` : CHOOSE;
}

const CHOOSE = 'choose a worker first: j goes down';

/** Why a worker that has to live for it cannot be told anything. */
function needsLiving(context: ActionContext): string | undefined {
  const worker = workerOn(context);
  if (!worker) return needsWorker(context);
  return worker.thread === 'ready'
    ? undefined
    : `${worker.slot} is ${worker.thread === 'dead' ? 'being replaced' : worker.thread}`;
}

/** A row that tells the worker under the cursor to do something. */
export function telling(
  row: Pick<ActionRow, 'id' | 'chords' | 'hint' | 'help'> & Partial<ActionRow>,
  command: (target: WorkerState['slot']) => Command,
): ActionRow {
  return {
    layer: 'faults',
    guard: needsLiving,
    ...row,
    run(context) {
      const worker = workerOn(context);
      return worker ? [{ do: 'command', command: command(worker.slot) }] : [];
    },
  };
}

/** What a worker holds, as part of a warning. */
export function holding(context: ActionContext): string {
  const worker = workerOn(context);
  const what = worker ? held(context.state, worker) : '';
  return what === '' || what === 'none' ? '' : ` (${what})`;
}

/** A question about the worker under the cursor. */
export function warned(context: ActionContext, verb: string, go: string, ...lines: string[]): Question {
  return { title: `${verb} ${workerOn(context)?.slot ?? ''}`, lines, go };
}
