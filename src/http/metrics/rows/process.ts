import { type MetricRow, one } from '../row.ts';

/** The process that serves this, named as other programs name theirs. */
export const PROCESS_ROWS: readonly MetricRow[] = [
  {
    name: 'process_start_time_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'When the process began',
    labels: [],
    read: ({ process }) => one(process.startedAt / 1000),
  },
  {
    name: 'process_cpu_seconds_total',
    type: 'counter',
    unit: 'seconds',
    help: 'Processor time that the process has used, its threads included',
    labels: [],
    read: ({ process: { cpuSeconds } }) => one(cpuSeconds.user + cpuSeconds.system),
  },
  {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Memory that the process holds, its threads included',
    labels: [],
    read: ({ process }) => one(process.residentBytes),
  },
  {
    name: 'nodejs_heap_size_used_bytes',
    type: 'gauge',
    unit: 'bytes',
    help: 'Heap that the main thread uses',
    labels: [],
    read: ({ process }) => one(process.heapUsedBytes),
  },
  {
    name: 'nodejs_eventloop_lag_p50_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'How late half of the timers of the main thread came at most, in the last seconds',
    labels: [],
    read: ({ process }) => one(process.loopDelay?.p50),
  },
  {
    name: 'nodejs_eventloop_lag_p99_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'How late 99 of 100 timers of the main thread came at most, in the last seconds',
    labels: [],
    read: ({ process }) => one(process.loopDelay?.p99),
  },
  {
    name: 'nodejs_eventloop_lag_max_seconds',
    type: 'gauge',
    unit: 'seconds',
    help: 'How late the latest timer of the main thread came, in the last seconds',
    labels: [],
    read: ({ process }) => one(process.loopDelay?.max),
  },
];
