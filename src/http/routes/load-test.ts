import { z } from 'zod';
import type { Engine } from '../../engine/engine.ts';
import { Refusal } from '../problem.ts';
import { post } from '../route.ts';
import { refuseIfAway } from '../within.ts';

/** Orders of a load test for which no count is given, as the seed had it. */
const COUNT = 10_000;

const MAX_COUNT = 10_000_000;

const body = z.object({
  count: z
    .int()
    .min(0)
    .max(MAX_COUNT)
    .nullish()
    .meta({ description: `orders to place; ${COUNT} where none is given` }),
});

const produced = z.object({
  produced: z.int().meta({ description: 'orders that are acknowledged' }),
  remaining_in_queue: z.literal(0),
});

/** What of a load test's report is looked at. */
const report = z.object({ produced: z.int(), stopped: z.boolean() });

export const loadTest = post('/load-test', {
  doors: ['orders'],
  summary: 'places many orders, as fast as they are acknowledged',
  about:
    'Answers when all are acknowledged. Their ids are new in every run, so a second test adds its full count. ' +
    'Tests that are asked for at the same time run one after the other; a client that goes before ends its test.',
  body,
  bodyLimit: 4096,
  told: { 200: { says: 'all are in the log', schema: produced } },
  problems: [409, 502, 503, 504],
  async handle({ within, body: { count }, gone }) {
    const engine = within.engine();
    refuseIfAway(within);
    const wanted = count ?? COUNT;
    if (wanted === 0) return { body: { produced: 0, remaining_in_queue: 0 } };
    const signal = gone();
    const ended = await within.loads.take(signal, () => runLoad(engine, wanted, signal));
    if (ended.produced === wanted) return { body: { produced: wanted, remaining_in_queue: 0 } };
    const how = ended.stopped ? 'the load test was ended' : 'not all orders were acknowledged';
    throw new Refusal(ended.stopped ? 503 : 502, `${how}: ${ended.produced} of ${wanted} are in the log`);
  },
});

async function runLoad(engine: Engine, count: number, signal: AbortSignal): Promise<z.output<typeof report>> {
  const shares = { duplicates: 0, malformed: 0, hot: 0 };
  const how = { rate: 'max', shape: 'steady', reuseIds: false, background: false } as const;
  const { data } = await engine.dispatch({ verb: 'load', count, ...how, ...shares }, { signal });
  return report.parse(data);
}
