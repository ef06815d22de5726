import { printFault } from '../../../src/engine/language/fault.ts';
import { type Program, parse } from '../../../src/engine/language/parse.ts';

/** The instant at which tests read scripts. */
export const NOW = Date.parse('2026-02-19T12:00:00Z');

/** Checks one script as a headless run does. */
export function read(text: string, unattended = true): Program {
  return parse([{ name: 'test', text }], { now: NOW, unattended });
}

/** All faults of a script, as they are printed. */
export function faultsOf(text: string): string[] {
  return read(text).faults.map(printFault);
}

/** The only command of a script that has no faults. */
export function commandOf(text: string): Program['steps'][number]['command'] | undefined {
  const { steps, faults } = read(text);
  if (faults[0] || steps.length !== 1) throw new Error(faults.map(printFault).join('\n') || `${steps.length} steps`);
  return steps[0]?.command;
}
