import { z } from 'zod';
import { Refusal } from '../problem.ts';
import { get } from '../route.ts';
import { awayBecause, stillStarting } from '../within.ts';

const ok = z.object({ status: z.literal('ok') }).meta({ id: 'Ok' });

/** Both answer from what is known, so that they are quick however long a broker hangs. */
export const health = get('/health', {
  summary: 'says whether the cluster answers',
  open: true,
  told: { 200: { says: 'it does', schema: ok } },
  problems: [503],
  handle({ within }) {
    const why = awayBecause(within.state());
    if (why) throw new Refusal(503, why);
    return { body: { status: 'ok' } };
  },
});

export const ready = get('/ready', {
  summary: 'says whether the pipeline runs: the cluster answers, and every partition has had its worker',
  open: true,
  told: { 200: { says: 'it does', schema: ok } },
  problems: [503],
  handle({ within }) {
    const state = within.state();
    if (!state.start.isDone) throw stillStarting(state);
    const why = awayBecause(state);
    if (why) throw new Refusal(503, why);
    return { body: { status: 'ok' } };
  },
});
