import type { ClusterState } from '../state.ts';
import type { Reducers } from './reducer.ts';

function become(cluster: ClusterState, state: ClusterState['state'], since: number, reason = ''): ClusterState {
  return cluster.state === state && cluster.reason === reason ? cluster : { ...cluster, state, since, reason };
}

/** The cluster behind the address. One that was asked to stop is stopped, not away. */
export const cluster: Reducers<ClusterState> = {
  'broker-started': (noun, { address, embedded, attached, note, at }) => ({
    ...become(noun, 'up', at),
    address,
    embedded,
    attached,
    note,
  }),
  'broker-stopped': (noun, { asked, reason, at }) => become(noun, asked ? 'stopped' : 'away', at, reason),
  'cluster-lost': (noun, { reason, at }) => (noun.state === 'stopped' ? noun : become(noun, 'away', at, reason)),
  'cluster-found': (noun, { at }) => become(noun, 'up', at),
};
