import type { HealthOptions, Options, PipelineOptions } from '../options.ts';
import type { CommandLine } from './command-line.ts';
import { defined } from './defined.ts';
import type { Given } from './given.ts';
import { httpOptions } from './http.ts';
import { readNames } from './names.ts';
import type { ProgramWords } from './programs.ts';
import { reconcile } from './reconcile.ts';
import { refuse } from './refuse.ts';
import { securityOf } from './security.ts';

/** What options are made of. */
export type Making = { line: CommandLine; given: Given; notes: readonly string[]; noColor: boolean };

/** Programs that take settings. */
export type SettledWords = Exclude<ProgramWords, 'help' | 'completion' | 'config' | 'worker'>;

const worker =
  (kind: 'inventory' | 'analytics' | 'load') =>
  (making: Making): Options => ({ mode: 'worker', kind, ...workerOptions(making), ...pipelineOptions(making) });

/** Options by program. Each throws OPTIONS_WRONG where settings are at odds. */
export const OPTIONS_OF: Record<SettledWords, (making: Making) => Options> = {
  '': doorOptions,
  serve: serveOptions,
  broker: ({ given: { settings } }) => {
    const { dataDir, brokerPort } = settings;
    return { mode: 'broker', ...defined({ dataDir, brokerPort }) };
  },
  'broker check': ({ given: { settings } }) => ({ mode: 'broker-check', ...defined({ dataDir: settings.dataDir }) }),
  'worker inventory': worker('inventory'),
  'worker analytics': worker('analytics'),
  'worker load': worker('load'),
  audit: (making) => ({ mode: 'audit', json: making.line.json, ...pipelineOptions(making) }),
  doctor: (making) => {
    const pipeline = pipelineOptions(making);
    const { http } = httpOptions(making.given, 'unchecked');
    return { mode: 'doctor', json: making.line.json, ...pipeline, http };
  },
};

/** Script if there is one to run, else the console. */
function doorOptions(making: Making): Options {
  const { script, lines, json, keepGoing } = making.line;
  const pipeline = { ...pipelineOptions(making) };
  const door = besideHttp(making, pipeline);
  if (script !== undefined || lines.length > 0) {
    return { mode: 'script', ...door, lines, json, keepGoing, ...defined({ script }) };
  }
  const stray = json ? '--json' : keepGoing && '--keep-going';
  if (stray) throw refuse(`${stray} goes with a script: add -e or --script`);
  return { mode: 'console', ...door };
}

const DOORS = ['httpHost', 'ordersPort', 'analyticsPort', 'httpTokenFile', 'insecureHttp'] as const;

function besideHttp({ given }: Making, pipeline: PipelineOptions): PipelineOptions {
  const { settings, said } = given;
  const report = defined({ metricsFile: settings.metricsFile });
  if (settings.http) {
    const { http, notes } = httpOptions(given);
    return { ...pipeline, ...report, http, notes: [...pipeline.notes, ...notes] };
  }
  const idle = DOORS.map((name) => said[name]).find((one) => one?.source === 'argv');
  if (idle) throw refuse(`${idle.says} goes with the HTTP doors: add --http`);
  return { ...pipeline, ...report };
}

function serveOptions(making: Making): Options {
  const pipeline = pipelineOptions(making);
  const { http, notes } = httpOptions(making.given);
  const { metricsFile = 'metrics.txt' } = making.given.settings;
  const all = [...pipeline.notes, ...notes];
  return { mode: 'serve', json: making.line.json, ...pipeline, http, metricsFile, notes: all };
}

function workerOptions({ line, given }: Making): HealthOptions & { load?: string } {
  const { healthHost = '127.0.0.1', healthPort, brokers } = given.settings;
  if (!brokers) throw refuse('a worker of its own needs a cluster: add --brokers HOST:PORT');
  return { healthHost, ...defined({ healthPort, load: line.rest[0] }) };
}

function pipelineOptions({ line, given, notes: before, noColor }: Making): PipelineOptions {
  const { settings, notes } = reconcile(line, given);
  const { security, notes: risks } = securityOf({ ...given, settings });
  const { brokers, dataDir, brokerPort, partitions, replicationFactor, readOnly } = settings;
  const { failRate = 0, throttle: throttleMs = 0, workers = readOnly ? 0 : 1, prefix = '' } = settings;
  return {
    failRate,
    throttleMs,
    workers,
    prefix,
    ...defined({ brokers, dataDir, brokerPort, partitions, replicationFactor }),
    ...readNames(settings),
    ...defined({ security }),
    ...(readOnly ? { readOnly } : {}),
    fresh: line.fresh,
    color: line.color && !noColor,
    ascii: line.ascii,
    notes: [...before, ...notes, ...risks],
  };
}
