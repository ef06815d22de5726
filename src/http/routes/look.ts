import { z } from 'zod';
import { lagData } from '../../engine/commands/lag.ts';
import { workerData } from '../../engine/commands/workers.ts';
import { ourGroups } from '../../engine/group-names.ts';
import { get } from '../route.ts';
import { refuseIfAway } from '../within.ts';

const partitionLag = z.looseObject({
  topic: z.string(),
  partition: z.int(),
  committed: z.int().meta({ description: '-1: nothing is committed' }),
  high: z.int().meta({ description: 'high watermark' }),
  lag: z.int(),
  behindMs: z.number(),
  verdict: z.string(),
});

const groupLag = z
  .looseObject({
    groupId: z.string(),
    state: z.string(),
    lag: z.int(),
    verdict: z.string(),
    partitions: z.array(partitionLag),
  })
  .meta({ id: 'GroupLag' });

export const lag = get('/lag', {
  summary: 'says how far our groups are behind, by partition',
  about: 'High watermark less committed offset, asked for anew. Of other groups: POST /commands/lag.',
  told: { 200: { says: 'our groups', schema: z.array(groupLag) } },
  problems: [503, 504],
  async handle({ within }) {
    refuseIfAway(within);
    await within.engine().refresh(['position_lag.inventory', 'lag']);
    const state = within.state();
    return {
      body: ourGroups(state)
        .flatMap((id) => state.groups[id] ?? [])
        .map(lagData),
    };
  },
});

const worker = z
  .looseObject({
    slot: z.string(),
    thread: z.enum(['starting', 'ready', 'stopped', 'dead']),
    state: z.string(),
    restarts: z.int(),
    paused: z.boolean(),
    partitions: z.array(z.looseObject({ topic: z.string(), partition: z.int(), state: z.string() })),
  })
  .meta({ id: 'Worker' });

export const workers = get('/workers', {
  summary: 'says how the workers are, as they last told it',
  told: { 200: { says: 'the workers', schema: z.array(worker) } },
  handle: ({ within }) => ({ body: Object.values(within.state().workers).map(workerData) }),
});

const topic = z
  .object({
    topic: z.string(),
    rate: z.number().meta({ description: 'records a second, over about ten seconds' }),
    watermarks: z.array(z.object({ low: z.int(), high: z.int() })).meta({ description: 'by partition' }),
  })
  .meta({ id: 'Topic' });

export const topics = get('/topics', {
  summary: 'says how much stands in our topics',
  about: 'Asked for anew. Of other topics: POST /commands/topics.',
  told: { 200: { says: 'our topics', schema: z.array(topic) } },
  problems: [503],
  async handle({ within }) {
    refuseIfAway(within);
    await within.engine().refresh(['rate.orders']);
    const { topics: seen } = within.state();
    const entries = Object.entries(seen.watermarks);
    return { body: entries.map(([name, watermarks]) => ({ topic: name, rate: seen.rates[name] ?? 0, watermarks })) };
  },
});
