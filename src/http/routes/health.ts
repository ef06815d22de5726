import { z } from 'zod';
import { get } from '../route.ts';
import { refuseIfAway, stillStarting } from '../within.ts';
import { totalsOf } from './metrics.ts';

const ok = z.object({ status: z.literal('ok') }).meta({ id: 'Ok' });

const OK = { body: { status: 'ok' } } as const;

/** All of them answer from what is known, so that they are quick however long a broker hangs. */
const told = { 200: { says: 'it can', schema: ok } };

/** Who waits for health before the first order must not be refused with it. */
export const health = get('/health', {
  doors: ['orders'],
  summary: 'says whether orders can be taken: the cluster answers',
  open: true,
  told,
  problems: [503],
  handle({ within }) {
    refuseIfAway(within);
    within.engine();
    return OK;
  },
});

export const analyticsHealth = get('/health', {
  doors: ['analytics'],
  summary: 'says whether numbers can be told: the cluster answers, and analytics has told its own',
  open: true,
  told,
  problems: [503],
  handle({ within }) {
    refuseIfAway(within);
    within.engine();
    totalsOf(within);
    return OK;
  },
});

export const ready = get('/ready', {
  summary: 'says whether the pipeline runs: the cluster answers, and every partition has had its worker',
  open: true,
  told,
  problems: [503],
  handle({ within }) {
    const state = within.state();
    if (!state.start.isDone) throw stillStarting(state);
    refuseIfAway(within);
    return OK;
  },
});
