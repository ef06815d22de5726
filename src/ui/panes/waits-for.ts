import type { State } from '../../engine/state.ts';
import { seconds } from '../format/time.ts';
import { wordOf } from './worker-state.ts';

/** What is not there yet, by name: the broker, the topics, or a worker and what it waits for. Empty once all is. */
export function waitsFor(state: State): string {
  const { cluster, topics, start } = state;
  if (cluster.state === 'starting') return start.isDone ? 'broker: starting' : start.what;
  if (topics.partitions === 0) return 'topics: asking for their partitions';
  const worker = Object.values(state.workers).find(isComing);
  return worker ? `${worker.slot}: ${said(worker)}` : '';
}

function isComing(worker: State['workers'][`inventory/${number}`]): boolean {
  const { word } = wordOf(worker);
  return word === 'starting' || word === 'joining' || word === 'restoring';
}

function said(worker: State['workers'][`inventory/${number}`]): string {
  const restoring = worker.digest?.partitions.find((partition) => partition.state === 'restoring');
  if (restoring) return `restoring ${restoring.topic}/${restoring.partition} ${restoring.reason}`.trimEnd();
  return worker.digest?.waitsFor || wordOf(worker).word;
}

/** Why there is no cluster now and for how long, as a sentence; empty while there is one. */
export function clusterTrouble({ cluster }: Pick<State, 'cluster'>, now: number): string {
  if (cluster.state !== 'away' && cluster.state !== 'stopped') return '';
  const what = cluster.state === 'stopped' ? 'broker stopped' : 'broker away';
  const why = cluster.reason === '' ? '' : `: ${cluster.reason}`;
  return `${what} for ${seconds(now - cluster.since)}${why}`;
}
