import type { ReplayVerdict, WorkerFact } from '../messages.ts';

/** How much a line of the log matters: a person should look at errors, may want to at warnings. */
export type Level = 'info' | 'warn' | 'error';

/** `fields` are what goes beside the sentence where the fact as a whole is too much. */
type Row<F extends WorkerFact> = { level: Level; say(fact: F): string; fields?(fact: F): object };

type Place = { topic: string; partition: number };

const named = ({ topic, partition }: Place) => `${topic}/${partition}`;

const count = (n: number) => n.toLocaleString('en');

const verdict = (said: string): Row<Extract<WorkerFact, { verdict: ReplayVerdict }>> => ({
  level: 'info',
  say: ({ verdict: { records } }) => `${count(records)} records replayed: ${said}`,
});

/** A sentence for each fact, and how much it matters. */
const ROWS: { [T in WorkerFact['type']]: Row<Extract<WorkerFact, { type: T }>> } = {
  'group-joined': {
    level: 'info',
    say: ({ generation, assigned }) =>
      `joined generation ${generation} of its group and holds ${assigned.map(named).join(', ') || 'no partition'}`,
  },
  'group-lost': { level: 'info', say: ({ reason }) => `its partitions are given out anew: ${reason}` },
  'partition-restored': {
    level: 'info',
    say: ({ partition, start, read }) =>
      `partition ${partition} goes on at ${count(start)}, ${count(read)} outcomes were read`,
  },
  'commit-ignored': {
    level: 'warn',
    say: ({ committed, start, reason, ...where }) =>
      `committed offset ${count(committed)} of ${named(where)} is ignored: ${reason}; going on at ${count(start)}`,
  },
  'partition-halted': { level: 'error', say: ({ reason, ...where }) => `${named(where)} is halted: ${reason}` },
  'send-doubted': {
    level: 'warn',
    say: ({ partition, reason }) => `a send to partition ${partition} is in doubt, its log is read again: ${reason}`,
  },
  'records-dead-lettered': {
    level: 'warn',
    say: ({ count: records, partition, reason }) =>
      `${count(records)} malformed records of partition ${partition} went to the dead letters, the first because: ${reason}`,
  },
  'knobs-applied': {
    level: 'info',
    say: ({ knobs: { failRate, throttleMs } }) => `applies fail rate ${failRate} and throttle ${throttleMs} ms`,
  },
  'worker-paused': { level: 'info', say: () => 'paused' },
  'worker-resumed': { level: 'info', say: () => 'resumed' },
  'state-recomputed': {
    level: 'warn',
    say: ({ reason, ...where }) =>
      `${where.partition < 0 ? 'all state' : named(where)} is computed anew from the log: ${reason}`,
  },
  'load-started': { level: 'info', say: ({ plan: { run, rate } }) => `load ${run} began, rate ${rate}` },
  'load-finished': {
    level: 'info',
    say: ({ report: { produced, achieved }, stopped }) =>
      `the load ${stopped ? 'was stopped' : 'ended'} after ${count(produced)} records, ${Math.round(achieved)} a second`,
    fields: ({ report, stopped }) => {
      const { run, rate, asked, produced, distinct, duplicates, malformed, errors, unknown, late, shed } = report;
      const { elapsedMs, achieved, delay, publish } = report;
      const counts = { run, rate, asked, produced, distinct, duplicates, malformed, errors, unknown, late, shed };
      return { ...counts, stopped, elapsedMs, achieved, delay, publish };
    },
  },
  'replay-rewound': { level: 'info', say: () => 'the group is rewound for a replay' },
  'replay-identical': verdict('identical'),
  'replay-differed': { ...verdict('different from the held numbers'), level: 'error' },
  'replay-reported': verdict('a window was read again'),
  'replay-cancelled': { level: 'info', say: () => 'the replay was cancelled' },
  'replay-accepted': { level: 'info', say: () => 'the replayed numbers were accepted' },
  'replay-undone': { level: 'info', say: () => 'the replayed numbers were thrown away' },
  'output-printed': { level: 'info', say: ({ text }) => text.trimEnd() },
};

/** A fact as a line of the log: how much it matters, a sentence, and what it holds beside. */
export function lineOf(fact: WorkerFact): { level: Level; sentence: string; fields: object } {
  // The row was found by the fact's own type.
  const row = ROWS[fact.type] as Row<WorkerFact>;
  const { type: _, slot: __, ...all } = fact;
  return { level: row.level, sentence: row.say(fact), fields: row.fields?.(fact) ?? all };
}
