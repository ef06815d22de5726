import type { Command } from '../command.ts';
import type { Complain, Fault, Position } from './fault.ts';
import { type Line, lex, type Source } from './lex.ts';
import { type Circumstances, readCommand } from './read-command.ts';

/** One command of a script, checked. */
export type Step = {
  /** As it was understood when the script was checked. */
  command: Command;
  /** As written. */
  text: string;
  at: Position;
  /** As it is to be understood at another instant (ms): `-10m` counts from when the step runs. */
  commandAt(now: number): Command;
};

/** A script, whole; it may run only when there are no faults. */
export type Program = { steps: Step[]; faults: Fault[] };

/** Checks scripts, in order, from their first word to their last. Never throws: all that is wrong is in `faults`. */
export function parse(sources: readonly Source[], circumstances: Circumstances): Program {
  const faults: Fault[] = [];
  const complain: Complain = (sentence, at) => faults.push({ code: 'SCRIPT_WRONG', at, sentence });
  const steps = sources
    .flatMap((source) => lex(source, complain))
    .flatMap((line) => readStep(line, circumstances, complain) ?? []);
  return { steps, faults: faults.sort((a, b) => inOrder(sources, a.at, b.at)) };
}

function inOrder(sources: readonly Source[], a: Position, b: Position): number {
  const file = ({ file }: Position) => sources.findIndex((source) => source.name === file);
  return file(a) - file(b) || a.line - b.line || a.column - b.column;
}

function readStep(line: Line, circumstances: Circumstances, complain: Complain): Step | undefined {
  const command = readCommand(line, circumstances, complain);
  if (!command) return undefined;
  const commandAt = (now: number) => readCommand(line, { ...circumstances, now }, () => undefined) ?? command;
  return { command, text: line.text, at: line.at, commandAt };
}
