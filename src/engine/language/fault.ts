import type { ErrorCode } from '../../errors.ts';

/** A place in a script; line and column count from 1, columns in characters. */
export type Position = { file: string; line: number; column: number };

type FaultCode = Extract<ErrorCode, 'SCRIPT_WRONG'>;

/** Something wrong with a script, found before anything ran. */
export type Fault = {
  code: FaultCode;
  at: Position;
  /** What is wrong and what would be right, without place and full stop. */
  sentence: string;
};

/** Takes a fault in; whoever reads words is handed one and goes on as far as it can. */
export type Complain = (sentence: string, at: Position) => void;

/** A fault as `file:line:column: sentence`, the form that editors jump to. */
export function printFault({ at, sentence }: Fault): string {
  return `${at.file}:${at.line}:${at.column}: ${sentence}`;
}
