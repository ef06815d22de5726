import type { Result } from '../doctor/check.ts';
import { exitCodeOf } from '../doctor/exit-code.ts';
import { isUtf8 } from '../doctor/machine/terminal.ts';
import { printResult, printSum } from '../doctor/print.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { redactor } from '../doctor/secrets.ts';
import { checksFor } from '../doctor/table.ts';
import type { Out } from '../script/out.ts';
import { closedPipe } from '../script/pipe.ts';
import { catchSignals, interruptionOf } from '../script/signals.ts';
import { createClosers } from './closers.ts';
import { connectionOf, type DoctorOptions, subjectOf } from './doctor-subject.ts';
import type { Entries } from './entries.ts';
import { jsonLines } from './json-lines.ts';

/** What it is run with. */
export type DoctorWorld = { version: string; entries: Entries; stdout?: Out };

/** Looks whether all is there that the pipeline needs, a line for each check, and gives the exit code. Writes nothing. */
export async function runDoctor(options: DoctorOptions, world: DoctorWorld): Promise<number> {
  const { stdout = process.stdout } = world;
  const signals = catchSignals(process);
  const signal = AbortSignal.any([signals.signal, closedPipe(stdout)]);
  const began = performance.now();
  const results: Result[] = [];
  const closers = createClosers();
  for (const note of options.notes) process.stderr.write(`${note}\n`);
  try {
    const subject = await subjectOf(options, world.entries, closers);
    const checks = checksFor(subject);
    const nameWidth = Math.max(...checks.map(({ name }) => name.length));
    const tell = options.json ? jsonTeller(stdout, world.version) : plainTeller(stdout, options, nameWidth);
    tell.begin();
    const clean = redactor(connectionOf(options));
    for await (const result of runChecks({ checks, now: () => performance.now(), signal })) {
      results.push(result);
      tell.result(withoutSecrets(result, clean));
    }
    const exit = exitCodeOf(results);
    tell.end(results, performance.now() - began, exit);
    return exit;
  } catch (thrown) {
    const interruption = interruptionOf(signal);
    if (interruption) return interruption.exit;
    throw thrown;
  } finally {
    await closers.close();
    signals.release();
  }
}

function withoutSecrets(result: Result, clean: (text: string) => string): Result {
  const { found, fix } = result;
  return { ...result, found: clean(found), ...(fix === undefined ? {} : { fix: clean(fix) }) };
}

type Teller = { begin(): void; result(result: Result): void; end(results: Result[], ms: number, exit: number): void };

/** Lines under headings; wrapped where somebody looks at a terminal. */
function plainTeller(stdout: Out, { color, ascii }: DoctorOptions, nameWidth: number): Teller {
  const page = {
    color: color && stdout.isTTY === true,
    ascii: ascii || (stdout.isTTY === true && !isUtf8(process)),
    nameWidth,
    ...(stdout.isTTY && stdout.columns ? { columns: stdout.columns } : {}),
  };
  let part = '';
  return {
    begin: () => undefined,
    result(result) {
      const heading = result.part === part ? [] : [...(part === '' ? [] : ['']), result.part];
      part = result.part;
      stdout.write(`${[...heading, ...printResult(result, page)].join('\n')}\n`);
    },
    end: (results, ms) => void stdout.write(`\n${printSum(results, ms)}\n`),
  };
}

/** One object a line. */
function jsonTeller(stdout: Out, version: string): Teller {
  const lines = jsonLines(stdout);
  return {
    begin: () => lines.started(version),
    result: ({ part, name, level, found, fix = '', ms, data = {} }) =>
      lines.line({ type: 'check', part, name, level, found, fix, ms: Math.round(ms * 10) / 10, data }),
    end: (_, __, exit) => lines.finished(exit),
  };
}
