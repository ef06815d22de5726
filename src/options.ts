import { helpOf, type Nearest, readCommandLine } from './options/command-line.ts';
import { SHELLS, type Shell } from './options/completion.ts';
import { readSettings } from './options/given.ts';
import { OPTIONS_OF } from './options/modes.ts';
import { isProgram, PROGRAMS } from './options/programs.ts';
import { refuse } from './options/refuse.ts';
import { report } from './options/report.ts';
import type { Quantities } from './options/setting.ts';
import { type SettingRows, settingsOf } from './options/settings.ts';
import { sourcesOf } from './options/sources.ts';

export { completionScript } from './options/completion.ts';
export { mainOptionsMarkdown, optionsMarkdown, programsMarkdown } from './options/markdown.ts';
export { namesOf } from './options/names.ts';
export type { Quantities } from './options/setting.ts';

/** What every pipeline is started with, whatever the door. */
export type PipelineOptions = {
  /** A real cluster; absent: the embedded broker. */
  brokers?: string[];
  /** Absent: a folder per user, or a throw-away one with `fresh`. */
  dataDir?: string;
  fresh: boolean;
  /** Port of the embedded broker; absent: 9092 or a free one. */
  brokerPort?: number;
  /** 0..1. */
  failRate: number;
  /** Pause per order. */
  throttleMs: number;
  /** Inventory workers at the start; 0: no member of any group runs here, the totals are read beside the groups. */
  workers: number;
  /** Before the names of topics and groups. */
  prefix: string;
  /** Of topics that are created; absent: the default of the Kafka room. */
  partitions?: number;
  /** Of topics that are created; absent: as many as there are brokers, up to 3. */
  replicationFactor?: number;
  /** Full names in place of ours; the prefix does not touch them. */
  topics?: { orders?: string; inventoryEvents?: string; deadLetters?: string };
  /** Full names in place of ours; the prefix does not touch them. */
  groups?: { inventory?: string; analytics?: string };
  /** How a real cluster is entered; absent: in plain text, by nobody. */
  security?: Security;
  /** Writes nothing to the cluster, not even commits. */
  readOnly?: boolean;
  /** The HTTP doors; absent: closed. */
  http?: HttpOptions;
  /** Where the text report of analytics is written every 5 seconds; absent: nowhere. */
  metricsFile?: string;
  color: boolean;
  ascii: boolean;
  /** Sentences for stderr about what was ignored. */
  notes: string[];
};

/**
 * How a cluster is entered: plain data, so that it crosses a thread wall, with the shapes of the Kafka room's connection.
 * Secrets are in it: never log it.
 */
export type Security = {
  /** TLS, with Node's names for its settings: PEM texts, `pfx` in base64. An empty object: TLS by the system's authorities. */
  ssl?: {
    ca?: string;
    cert?: string;
    key?: string;
    /** Of `key` or `pfx`. */
    passphrase?: string;
    pfx?: string;
    servername?: string;
    rejectUnauthorized?: boolean;
    /** False: the certificate may be for another host name; the authorities are checked all the same. */
    checkHostname?: boolean;
  };
  sasl?:
    | { mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; username: string; password: string }
    | { mechanism: 'oauthbearer'; token?: string; tokenFile?: string; endpoint?: OauthEndpoint };
};

/** Where tokens are fetched by client credentials. `clientSecret` is a secret. */
export type OauthEndpoint = { url: string; clientId: string; clientSecret: string; scope?: string };

/** Where the HTTP doors listen, and what they ask for. `token` is a secret. */
export type HttpOptions = {
  host: string;
  ordersPort: number;
  analyticsPort: number;
  /** Asked for as bearer token with every call; absent: nothing is asked for. */
  token?: string;
  /** Other hosts than loopback may call without a token. */
  insecure: boolean;
};

/** What to run. */
export type ScriptOptions = { script?: string; lines: string[]; json: boolean; keepGoing: boolean };

/** Where a worker process tells how it is; no port: nowhere. */
export type HealthOptions = { healthHost: string; healthPort?: number };

/** A setting for `lunchrush config`: what holds, and who said it. A secret has no `value`, only that it is set. */
export type SettingReport = {
  name: string;
  option?: string;
  /** As a text; absent: nothing is set. */
  value?: string;
  secret: boolean;
  source: 'option' | 'environment' | 'file' | 'command-config' | 'default';
  /** Option, variable or file that said it. */
  from?: string;
};

export type Options =
  | ({ mode: 'script' } & ScriptOptions & PipelineOptions)
  | ({ mode: 'console' } & PipelineOptions)
  | ({ mode: 'serve'; json: boolean; http: HttpOptions } & PipelineOptions)
  /** One worker as a process; `brokers` is there. `load`: the text of a load command behind its verb. */
  | ({ mode: 'worker'; kind: 'inventory' | 'analytics' | 'load'; load?: string } & HealthOptions & PipelineOptions)
  | ({ mode: 'audit'; json: boolean } & PipelineOptions)
  /** `http` says which ports are to be tried, whether or not the doors are opened otherwise. */
  | ({ mode: 'doctor'; json: boolean; http: HttpOptions } & PipelineOptions)
  | { mode: 'config'; json: boolean; rows: SettingReport[] }
  | { mode: 'completion'; shell: Shell }
  | { mode: 'broker'; dataDir?: string; brokerPort?: number }
  | { mode: 'broker-check'; dataDir?: string }
  /** The manual of the script language: `lunchrush help [TOPIC]`; `program`: help of the program of that name. */
  | { mode: 'help'; topic?: string; program?: string }
  /** A text that was asked for by --help or --version. */
  | { mode: 'shown'; text: string };

/**
 * Command line, environment, configuration file and properties file as checked options, the first of them that says a
 * setting before the others. Throws OPTIONS_WRONG with a sentence that names where it was said, the value and what is right.
 * @param from.quantities how the script language reads numbers with units
 * @param from.nearest finds the word that was meant
 */
export function readOptions(from: {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  version: string;
  quantities: Quantities;
  nearest: Nearest;
  /** The working folder, where the configuration file is looked for. */
  cwd?: string;
}): Options {
  const rows = settingsOf(from.quantities);
  const line = readCommandLine(from.argv, rows, from);
  if (typeof line === 'string') return { mode: 'shown', text: line };
  const { program, rest } = line;
  if (program === 'help') return helpOptions(rest, rows, from.version);
  if (program === 'completion') return { mode: 'completion', shell: readShell(rest[0], from.nearest) };
  if (program === 'worker') throw refuse('which worker? inventory, analytics or load has to follow');
  const names = PROGRAMS[program].settings;
  const { sources, notes } = sourcesOf(line, names, rows, { cwd: process.cwd(), ...from });
  const given = readSettings(names, rows, sources);
  if (program === 'config') return { mode: 'config', json: line.json, rows: report(given, rows) };
  return OPTIONS_OF[program]({ line, given, notes, noColor: Boolean(from.env['NO_COLOR']) });
}

function helpOptions(rest: readonly string[], rows: SettingRows, version: string): Options {
  const topic = rest.join(' ');
  if (topic === '') return { mode: 'help' };
  const program = isProgram(topic) ? { program: helpOf(topic, rows, version) } : {};
  return { mode: 'help', topic, ...program };
}

function readShell(word: string | undefined, nearest: Nearest): Shell {
  const shell = SHELLS.find((name) => name === word);
  if (shell) return shell;
  const near = word === undefined ? undefined : nearest(word, SHELLS);
  const sentence =
    word === undefined ? 'which shell? bash, zsh or fish has to follow' : `"${word}" is not one of bash, zsh and fish`;
  throw refuse(sentence, near === undefined ? undefined : `did you mean ${near}?`);
}
