import type { Command, Verb } from '../engine/command.ts';
import type { Expectation } from '../engine/condition.ts';
import type { Result } from '../engine/engine.ts';
import type { ViewEvent } from './types.ts';

/** Commands whose answer is what one wants to read; of the others the panes show what came of them. */
const TELLING: ReadonlySet<Verb> = new Set([
  'lag',
  'metrics',
  'topics',
  'groups',
  'members',
  'records',
  'dead-letters',
  'audit',
  'help',
  'workers',
]);

/** How the answer to a command is shown: an overlay for what is long and wanted, else a sentence above the footer. */
export function answerTo(command: Command, text: string, result: Result, at: number): ViewEvent[] {
  const { verb } = command;
  const { data, text: lines } = result;
  if (verb === 'trace') {
    return [{ type: 'overlay-opened', overlay: { kind: 'trace', orderId: command.orderId, result } }];
  }
  if (verb === 'expect' || verb === 'wait') return [expectation(data as Expectation, text, at)];
  if (lines.length > 1 && TELLING.has(verb)) {
    return [{ type: 'overlay-opened', overlay: { kind: 'output', title: text, lines } }];
  }
  const [first] = lines;
  return first ? [{ type: 'toast-shown', text: first, tone: 'good', at }] : [];
}

function expectation({ holds, sentence }: Expectation, line: string, at: number): ViewEvent {
  return { type: 'toast-shown', text: holds ? `${line}: it holds` : sentence, tone: holds ? 'good' : 'bad', at };
}
