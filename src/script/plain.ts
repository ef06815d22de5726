import { styleText } from 'node:util';
import { printFault } from '../engine/language/fault.ts';
import type { Step } from '../engine/language/parse.ts';
import type { LunchrushError } from '../errors.ts';
import { newsOf } from './news.ts';
import type { Out } from './out.ts';
import type { Voice } from './voice.ts';

/** Tells in lines: results to stdout, everything else to stderr, failures with file, line and command. */
export function plainVoice({ stdout, stderr, color }: { stdout: Out; stderr: Out; color: boolean }): Voice {
  const red = (text: string) => (color && stderr.isTTY ? styleText('red', text, { validateStream: false }) : text);
  const say = (out: Out, lines: readonly string[]) => {
    if (lines.length > 0) out.write(`${lines.join('\n')}\n`);
  };
  const failed = (sentence: string, fix: string) => say(stderr, [red(sentence), ...(fix ? [`  ${fix}`] : [])]);
  return {
    started: () => undefined,
    note: (sentence) => say(stderr, [sentence]),
    event: (event) => say(stderr, newsOf(event)),
    result: (_, { text }) => say(stdout, text),
    expectation: (step, { text }, { holds, sentence }) => {
      if (holds) say(stdout, text);
      else failed(`${placeOf(step)}: ${sentence}`, '');
    },
    fault: (fault) => say(stderr, [red(printFault(fault))]),
    error: (error, step) => {
      const { message, fix } = error;
      if (error.code === 'FAULT') say(stderr, traceOf(error));
      failed(step ? `${placeOf(step)}: ${message}` : message, fix);
    },
    finished: () => undefined,
  };
}

function placeOf({ at, text }: Step): string {
  return `${at.file}:${at.line}: ${text}`;
}

/** Where a fault of ours comes from, for whoever gets the report. */
function traceOf({ cause }: LunchrushError): string[] {
  return cause instanceof Error && cause.stack ? [cause.stack] : [];
}
