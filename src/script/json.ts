import type { ClauseVerdict } from '../engine/condition.ts';
import { EVENTS } from '../engine/language/events.ts';
import type { Step } from '../engine/language/parse.ts';
import type { Out } from './out.ts';
import type { Voice } from './voice.ts';

/** Raised when a reader of the lines would have to change. */
const FORMAT = 1;

/** Tells one JSON object a line on stdout; times are ISO. What went wrong, and notes, are told `aside` as well, on stderr. */
export function jsonVoice({ stdout, now, aside }: { stdout: Out; now: () => number; aside: Voice }): Voice {
  const line = (fields: { type: string; [name: string]: unknown }) => stdout.write(`${JSON.stringify(fields)}\n`);
  const time = (at = now()) => new Date(at).toISOString();
  return {
    started: (version) => line({ type: 'started', version, format: FORMAT, time: time() }),
    note: aside.note,
    event: (event) => {
      const { at, ...facts } = event;
      if (EVENTS[event.type].line) line({ type: 'event', time: time(at), event: facts });
    },
    result: (step, { data }) => line({ type: 'result', time: time(), ...causeOf(step), data }),
    expectation: (step, result, expectation) => {
      const { holds, sentence, clauses, waitedMs } = expectation;
      const facts = clauses.map(factOf);
      line({ type: 'expectation', time: time(), ...causeOf(step), holds, sentence, facts, waitedMs });
      if (!holds) aside.expectation(step, result, expectation);
    },
    fault: (fault) => {
      const { code, at, sentence } = fault;
      line({ type: 'error', time: time(), ...at, code, message: sentence, fix: '' });
      aside.fault(fault);
    },
    error: (error, step) => {
      const { code, message, fix } = error;
      line({ type: 'error', time: time(), ...(step && causeOf(step)), code, message, fix });
      aside.error(error, step);
    },
    finished: (exit) => line({ type: 'finished', time: time(), exit }),
  };
}

function causeOf({ at, text }: Step): { file: string; line: number; command: string } {
  return { file: at.file, line: at.line, command: text };
}

function factOf({ clause: { fact, op, value }, actual, holds }: ClauseVerdict): object {
  return { fact, op, value, actual, holds };
}
