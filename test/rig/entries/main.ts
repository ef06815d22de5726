import { runProgram } from '../../../src/main/run.ts';

const at = (name: string) => new URL(`./${name}.js`, import.meta.url);

/** The shipped program on threads and a broker that can die at named points. */
process.exitCode = await runProgram({
  main: import.meta.url,
  version: '0.0.0',
  entries: { broker: at('broker'), inventory: at('inventory'), analytics: at('analytics'), load: at('load') },
});
