import type { FlagName } from './flags.ts';
import { healthSettings, httpSettings } from './settings/doors.ts';
import { nameSettings } from './settings/names.ts';
import { securitySettings } from './settings/security.ts';
import type { SettingName } from './settings.ts';

/** One way to run lunchrush: the words behind its name, and what goes with them. */
export type Program = {
  /** Empty: lunchrush itself. */
  words: string;
  summary: string;
  /** What follows the words, for help. */
  argument?: { usage: `[${string}]` | `<${string}>`; help: string; choices?: readonly string[] };
  settings: readonly SettingName[];
  flags: readonly FlagName[];
  /** Command lines behind `lunchrush`. */
  examples: readonly string[];
};

function keysOf<T extends object>(rows: T): (keyof T)[] {
  return Object.keys(rows) as (keyof T)[];
}

/** How a cluster is reached, and whose topics. */
const REACH: SettingName[] = ['brokers', 'commandConfig', ...keysOf(securitySettings), ...keysOf(nameSettings)];
const CREATE: SettingName[] = ['partitions', 'replicationFactor'];
const KNOBS: SettingName[] = ['failRate', 'throttle'];
const HERE: SettingName[] = ['dataDir', 'brokerPort', 'config'];
const HEALTH = keysOf(healthSettings);
const PIPELINE: SettingName[] = [...REACH, ...CREATE, 'readOnly', ...KNOBS, 'workers', ...HERE];
const LISTEN: SettingName[] = keysOf(httpSettings).filter((key) => key !== 'http');
const WORKER: SettingName[] = [...REACH, ...CREATE, 'dataDir', 'config', ...HEALTH];

function programs<const W extends string>(
  rows: Record<W, Omit<Program, 'words'>>,
): { [K in W]: Program & { words: K } } {
  const entries = Object.entries<Omit<Program, 'words'>>(rows).map(([words, row]) => [words, { words, ...row }]);
  return Object.fromEntries(entries) as { [K in W]: Program & { words: K } };
}

/** Every way to run lunchrush. Help, refusals, completion and docs read these rows. */
export const PROGRAMS = programs({
  '': {
    summary: 'runs, loads, breaks and replays an event pipeline on Apache Kafka: a console, or a script',
    settings: [...PIPELINE, 'http', ...LISTEN],
    flags: ['script', 'lines', 'json', 'keepGoing', 'fresh', 'color', 'ascii'],
    examples: [
      '--fresh',
      "--fresh -e 'load 10k; wait idle; expect total_orders == 10000'",
      '--brokers localhost:9092 --script examples/load.lunch --json',
    ],
  },
  serve: {
    summary: 'the pipeline and its HTTP doors, without a terminal',
    settings: [...PIPELINE, ...LISTEN],
    flags: ['json', 'fresh'],
    examples: ['serve', 'serve --brokers localhost:9092 --http-host 0.0.0.0 --http-token-file /run/secrets/token'],
  },
  broker: {
    summary: 'the embedded broker alone',
    settings: HERE,
    flags: [],
    examples: ['broker --data-dir ./data --broker-port 9092'],
  },
  'broker check': {
    summary: 'verifies the data folder of an embedded broker that does not run',
    settings: ['dataDir', 'config'],
    flags: [],
    examples: ['broker check --data-dir ./data'],
  },
  worker: {
    summary: 'one worker as a process, for other machines',
    settings: [],
    flags: [],
    examples: ['worker inventory --brokers localhost:9092'],
  },
  'worker inventory': {
    summary: 'decides orders',
    settings: [...WORKER, ...KNOBS],
    flags: [],
    examples: ['worker inventory --brokers localhost:9092 --health-port 8090'],
  },
  'worker analytics': {
    summary: 'counts orders and outcomes',
    settings: [...WORKER, 'readOnly'],
    flags: [],
    examples: ['worker analytics --brokers localhost:9092'],
  },
  'worker load': {
    summary: 'runs a load test, and ends with it',
    argument: { usage: '[LOAD]', help: "what follows the verb load in a script, as one word: '100k --rate 500/s'" },
    settings: WORKER,
    flags: [],
    examples: ["worker load '100k --rate 500/s' --brokers localhost:9092"],
  },
  audit: {
    summary: 'reads and folds the whole log and says whether it is as guaranteed',
    settings: [...REACH, ...HERE],
    flags: ['json'],
    examples: ['audit --brokers localhost:9092'],
  },
  doctor: {
    summary: 'looks whether everything is there that the pipeline needs, and says what to do',
    settings: [...REACH, ...CREATE, ...HERE, ...LISTEN],
    flags: ['json'],
    examples: ['doctor', 'doctor --command-config client.properties'],
  },
  config: {
    summary: 'says each setting and where it came from',
    settings: [...PIPELINE, ...HEALTH, 'http', ...LISTEN],
    flags: ['json'],
    examples: ['config', 'config --brokers localhost:9092 --json'],
  },
  completion: {
    summary: 'prints what makes a shell complete these words and options',
    argument: { usage: '<SHELL>', help: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish'] },
    settings: [],
    flags: [],
    examples: ['completion bash > ~/.local/share/bash-completion/completions/lunchrush'],
  },
  help: {
    summary: 'the commands of scripts; with a topic: a verb, facts, events, or one of these programs',
    argument: { usage: '[TOPIC...]', help: 'a verb, facts, events, or a program' },
    settings: [],
    flags: [],
    examples: ['help load', 'help facts'],
  },
});

/** The words of a program. */
export type ProgramWords = keyof typeof PROGRAMS;

/** `lunchrush broker check`. */
export function callOf(words: string): string {
  return words === '' ? 'lunchrush' : `lunchrush ${words}`;
}

/** Whether these are the words of a program. */
export function isProgram(words: string): words is ProgramWords {
  return words !== '' && Object.hasOwn(PROGRAMS, words);
}
