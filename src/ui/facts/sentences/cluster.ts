import { duration } from '../../format/time.ts';
import { list, type Tells } from './tell.ts';

type Told =
  | 'start-progressed'
  | 'broker-started'
  | 'broker-stopped'
  | 'cluster-lost'
  | 'cluster-found'
  | 'topics-ensured'
  | 'doors-opened'
  | 'warned';

/** The broker and the cluster behind the address. */
export const cluster: Tells<Told> = {
  // What is being done at the start is told by what comes of it.
  'start-progressed': () => undefined,
  'broker-started': ({ address, embedded, attached, note }) => {
    const what = embedded ? (attached ? 'attached to the embedded broker' : 'the embedded broker is up') : 'connected';
    return {
      text: `${what} at ${address}${note === '' ? '' : ` (${note})`}`,
      tone: 'good',
      // The first one of all is no event of the pipeline that runs.
      ...(note === '' || attached ? {} : { mark: 'b' as const, short: 'broker up' }),
    };
  },
  'broker-stopped': ({ asked, reason }) =>
    asked
      ? { text: 'the embedded broker is stopped, and stays down', tone: 'work', mark: 'b', short: 'broker stopped' }
      : { text: `the embedded broker is gone: ${reason}`, tone: 'bad', mark: 'b', short: 'broker gone' },
  'cluster-lost': ({ reason }) => ({
    text: `the cluster does not answer: ${reason}; waiting for it`,
    tone: 'bad',
    mark: 'x',
    short: 'cluster away',
  }),
  'cluster-found': ({ awayForMs }) => ({
    text: `the cluster answers again, after ${duration(awayForMs)}`,
    tone: 'good',
    mark: 'x',
    short: `cluster back, ${duration(awayForMs)}`,
  }),
  'topics-ensured': ({ partitions, created }) => ({
    text:
      created.length === 0
        ? `topics fit: ${partitions} partitions`
        : `${list(created)} created, ${partitions} partitions`,
  }),
  'doors-opened': ({ orders, analytics }) => ({
    text: `orders are taken over HTTP at ${orders}, numbers are told at ${analytics}`,
    tone: 'good',
  }),
  warned: ({ sentence }) => ({ text: sentence, tone: 'work' }),
};
