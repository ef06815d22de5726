import { z } from 'zod';
import { type Clock, pause } from '../../engine/clock.ts';
import type { Engine } from '../../engine/engine.ts';
import { printReport } from '../../orders/report.ts';
import { Refusal } from '../problem.ts';
import { post } from '../route.ts';
import { refuseIfAway, type Within } from '../within.ts';
import { totalsOf } from './metrics.ts';

const triggered = z.object({
  status: z.literal('replay_triggered'),
  before_metrics: z.string().meta({ description: 'the text report, as it stands in metrics.txt' }),
});

export const replay = post('/replay', {
  doors: ['analytics'],
  summary: 'has analytics read the log again from its beginning',
  about:
    'Answers at once; the numbers on show stay until what was read has been compared with them. How it ends is told by /events, ' +
    'and by POST /commands/replay, which waits for it.',
  body: z.object({}),
  bodyLimit: 4096,
  told: { 200: { says: 'it has begun', schema: triggered } },
  problems: [409, 503],
  async handle({ within }) {
    const engine = within.engine();
    refuseIfAway(within);
    const busy = busyBecause(within);
    if (busy) throw new Refusal(409, busy);
    const before = printReport(totalsOf(within));
    await untilBegun(engine, within.clock);
    return { body: { status: 'replay_triggered', before_metrics: before } };
  },
});

/** How a replay ends is an event, and the store's; that it cannot even begin is told to whoever asked. */
async function untilBegun(engine: Engine, clock: Clock): Promise<void> {
  const patience = new AbortController();
  const rewound = new Promise<void>((resolve) => {
    const deafen = engine.onEvent(({ type }) => type === 'replay-rewound' && resolve());
    patience.signal.addEventListener('abort', deafen);
  });
  const replaying = engine.dispatch(REPLAY);
  replaying.catch(() => {});
  await Promise.race([replaying, rewound, pause(clock, AT_ONCE_MS, patience.signal)]).finally(() => patience.abort());
}

/** A refusal comes sooner than this, ms. */
const AT_ONCE_MS = 500;

const REPLAY = { verb: 'replay', action: 'run', from: { type: 'beginning' }, preview: false, yes: true } as const;

/** A command that has only just begun is not yet a replay that runs. */
function busyBecause(within: Within): string | undefined {
  const { replay: noun, commands } = within.state();
  if (noun.running?.phase === 'differs') return 'the last replay came to other numbers: accept it or undo it first';
  const isRunning = noun.running !== null || Object.values(commands).some(({ verb }) => verb === 'replay');
  return isRunning ? 'a replay is under way already' : undefined;
}
