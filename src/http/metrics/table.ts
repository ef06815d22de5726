import type { MetricRow } from './row.ts';
import { CLUSTER_ROWS } from './rows/cluster.ts';
import { FOLD_ROWS } from './rows/fold.ts';
import { GROUP_ROWS } from './rows/groups.ts';
import { LOAD_ROWS } from './rows/load.ts';
import { PROCESS_ROWS } from './rows/process.ts';
import { PROOF_ROWS } from './rows/proof.ts';
import { REQUEST_ROWS } from './rows/requests.ts';
import { WORKER_ROWS } from './rows/workers.ts';

/** Every metric, by what it is about: what is served, what the documents say, and what dashboard and alerts may name. */
export const METRICS: Readonly<Record<string, readonly MetricRow[]>> = {
  'Program and cluster': CLUSTER_ROWS,
  'Consumer groups': GROUP_ROWS,
  'What the log says': FOLD_ROWS,
  'Latency and load': LOAD_ROWS,
  Workers: WORKER_ROWS,
  'Replay and audit': PROOF_ROWS,
  'The doors': REQUEST_ROWS,
  'The process': PROCESS_ROWS,
};
