import { rowOf } from '../engine/commands/table.ts';
import { writesOf } from '../engine/read-only.ts';
import type { ActionContext, ActionRow } from './types.ts';

/** Why a row of the key table cannot be carried out now; undefined when it can. */
export function reasonAgainst(row: ActionRow, context: ActionContext): string | undefined {
  const isForbidden = context.state.pipeline.readOnly === true && wouldWrite(row, context);
  return isForbidden ? 'this console only reads: --read-only' : row.guard?.(context);
}

/** Whether it ends, now or a few keys later, in a command that changes the cluster. */
function wouldWrite({ leadsTo, run }: ActionRow, context: ActionContext): boolean {
  if (leadsTo !== undefined) return rowOf(leadsTo).writes !== undefined;
  return run(context).some((outcome) => outcome.do === 'command' && writesOf(outcome.command) !== undefined);
}
