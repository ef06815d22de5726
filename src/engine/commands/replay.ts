import { LunchrushError, toLunchrushError } from '../../errors.ts';
import type { ReplayPreview, ReplayVerdict, Slot } from '../../workers/messages.ts';
import { abortable } from '../bounded.ts';
import type { Result } from '../engine.ts';
import type { Event } from '../event.ts';
import type { CommandOf, Hall, Run } from '../hall.ts';
import { expectEvent } from '../next-event.ts';
import { columns } from '../print/columns.ts';
import { count, duration, many } from '../print/quantity.ts';
import { slotsOf } from './targets.ts';

type Replay = CommandOf<'replay'>;
type Settle = Exclude<Replay['action'], 'run'>;

const SETTLED: Record<Settle, string> = {
  cancel: 'replay cancelled: the held numbers stay',
  accept: 'the replayed numbers are taken',
  undo: 'the held numbers are kept',
};

/** The guided replay: preview, run until the digests are compared, or settle one that runs or differs. */
export const run: Run<'replay'> = async (hall, command, signal) => {
  const slot = analyticsSlot(hall);
  if (command.action !== 'run') return settle(hall, slot, command.action, signal);
  if (command.preview) return preview(hall, slot, command, signal);
  if (!command.yes) {
    throw new LunchrushError('COMMAND_REFUSED', 'a replay has to be confirmed', {
      fix: 'say --yes, or --preview to look',
    });
  }
  return replay(hall, slot, command, signal);
};

function analyticsSlot(hall: Hall): Slot {
  const [slot] = slotsOf(hall, 'analytics');
  if (!slot) throw new LunchrushError('COMMAND_REFUSED', 'there is no analytics worker here');
  return slot;
}

async function settle({ supervisor }: Hall, slot: Slot, how: Settle, signal: AbortSignal): Promise<Result> {
  await abortable(supervisor.ask(slot, { type: 'settle-replay', how }), signal);
  return { data: { replay: how }, text: [SETTLED[how]] };
}

type RunReplay = Extract<Replay, { action: 'run' }>;

async function preview({ supervisor }: Hall, slot: Slot, { from }: RunReplay, signal: AbortSignal): Promise<Result> {
  const answer = await abortable(supervisor.ask(slot, { type: 'preview-replay', from }), signal);
  if (!answer || !('ranges' in answer)) throw new LunchrushError('FAULT', `${slot} did not answer with a preview`);
  return { data: answer, text: printPreview(answer) };
}

async function replay(hall: Hall, slot: Slot, { from }: RunReplay, signal: AbortSignal): Promise<Result> {
  const ended = expectEvent(hall.events, signal, endOfReplay);
  const cancel = () => void hall.supervisor.ask(slot, { type: 'settle-replay', how: 'cancel' }).catch(() => {});
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await hall.supervisor
      .ask(slot, { type: 'start-replay', from })
      .catch((thrown) => resumedOrThrow(hall, thrown, signal));
    return answer(await ended.seen);
  } finally {
    ended.forget();
    signal.removeEventListener('abort', cancel);
  }
}

function endOfReplay(event: Event): ReplayVerdict | 'cancelled' | undefined {
  if (event.type === 'replay-identical' || event.type === 'replay-differed' || event.type === 'replay-reported') {
    return event.verdict;
  }
  return event.type === 'replay-cancelled' ? 'cancelled' : undefined;
}

/** A worker that died in the middle may go on with the replay when it is back; if it does not, its death is the answer. */
async function resumedOrThrow(hall: Hall, thrown: unknown, signal: AbortSignal): Promise<void> {
  const error = toLunchrushError(thrown);
  if (error.code !== 'WORKER_FAILED') throw error;
  const back = expectEvent(hall.events, signal, (event) =>
    event.type === 'digest-arrived' && event.digest.kind === 'analytics' && event.digest.state === 'running'
      ? { resumed: event.digest.replay !== null }
      : undefined,
  );
  const { resumed } = await back.seen;
  if (!resumed) throw error;
}

function answer(verdict: ReplayVerdict | 'cancelled'): Result {
  if (verdict === 'cancelled') throw new LunchrushError('COMMAND_FAILED', SETTLED.cancel);
  if (verdict.type === 'different') throw new LunchrushError('REPLAY_DIFFERS', verdict.sentence);
  return { data: verdict, text: printReplay(verdict) };
}

/** How a replay ended, as lines. */
export function printReplay(verdict: Exclude<ReplayVerdict, { type: 'different' }>): string[] {
  const read = `${many(verdict.records, 'record')} in ${duration(verdict.forMs)}`;
  if (verdict.type === 'window') {
    const { total_orders, total_reservations, failed_reservations } = verdict.totals;
    const sums = `${count(total_orders)} orders, ${count(total_reservations)} reservations, ${count(failed_reservations)} failed`;
    return [`window read: ${read}: ${sums}`];
  }
  const gone = verdict.removed > 0 ? `; ${many(verdict.removed, 'record')} were gone by retention` : '';
  return [`identical: ${read}, digest ${verdict.digest}${gone}`];
}

const HEADS = [{ title: 'partition' }, ...['from', 'to', 'records', 'gone'].map((title) => ({ title, right: true }))];

/** What a replay would read, as lines. */
export function printPreview({ full, ranges, records, etaMs }: ReplayPreview): string[] {
  const rows = ranges.map(({ topic, partition, from, to, removed }) => [
    `${topic}/${partition}`,
    ...[from, to, to - from, removed].map(count),
  ]);
  const does = full ? 'compares and swaps' : 'reports this window, and swaps nothing';
  const time = etaMs < 0 ? '' : `, about ${duration(etaMs)}`;
  return [...columns(HEADS, rows), `${many(records, 'record')}${time}; ${does}`];
}
