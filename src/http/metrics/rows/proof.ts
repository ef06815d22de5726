import { each, type MetricRow, one } from '../row.ts';

/** Replays and audits. */
export const PROOF_ROWS: readonly MetricRow[] = [
  {
    name: 'lunchrush_replay_running',
    type: 'gauge',
    unit: '',
    help: '1 while a replay rewinds, folds or waits for an answer; the counts of the log are held meanwhile',
    labels: [],
    read: ({ state }) => one(Number(state.replay.running !== null)),
  },
  {
    name: 'lunchrush_replay_records',
    type: 'gauge',
    unit: 'records',
    help: 'Records that the replay under way has to fold; absent without one',
    labels: [],
    read: ({ state }) => one(state.replay.running?.records),
  },
  {
    name: 'lunchrush_replay_folded_records',
    type: 'gauge',
    unit: 'records',
    help: 'Records that the replay under way has folded; absent without one',
    labels: [],
    read: ({ state }) => one(state.replay.running?.folded),
  },
  {
    name: 'lunchrush_replays_total',
    type: 'counter',
    unit: '',
    help: 'Replays by how they ended: identical, different, a window that was only reported, cancelled',
    labels: ['result'],
    read: ({ memory }) => each('result', memory.replays),
  },
  {
    name: 'lunchrush_audit_clean',
    type: 'gauge',
    unit: '',
    help: '1 if the last audit found the log clean, 0 if not; absent before the first',
    labels: [],
    read: ({ state: { audit } }) => one(audit.verdict === 'none' ? null : Number(audit.verdict === 'clean')),
  },
  {
    name: 'lunchrush_audit_timestamp_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'When the last audit ended; absent before the first',
    labels: [],
    read: ({ state: { audit } }) => one(audit.verdict === 'none' ? null : audit.at / 1000),
  },
];
