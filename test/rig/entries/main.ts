import { runProgram } from '../../../src/main/run.ts';
import { reached } from './reached.ts';

const at = (name: string) => new URL(`./${name}.js`, import.meta.url);

/** The shipped program, which can die at named points: its threads, its broker, and a worker that runs alone. */
process.exitCode = await runProgram({
  main: import.meta.url,
  version: '0.0.0',
  entries: { broker: at('broker'), inventory: at('inventory'), analytics: at('analytics'), load: at('load') },
  reached,
});
