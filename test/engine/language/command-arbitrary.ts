import fc from 'fast-check';
import type { Clause, Command } from '../../../src/engine/command.ts';
import { ROWS } from '../../../src/engine/commands/table.ts';
import { writeClause } from '../../../src/engine/language/condition.ts';
import { EVENT_NAMES } from '../../../src/engine/language/events.ts';
import type { ReplayFrom } from '../../../src/workers/messages.ts';

const count = fc.integer({ min: 1, max: 1e12 });
const whole = fc.maxSafeNat();
const ms = fc.oneof(
  fc.nat(1e9),
  fc.nat(1e6).map((n) => n / 1000),
);
const fraction = fc
  .oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat(1000).map((n) => n / 1000),
  )
  .map((n) => n + 0);
const rate = fc.oneof(
  fc.constant('max' as const),
  count,
  fc.nat(1e6).map((n) => (n + 1) / 100),
);
const words = fc.string({ unit: 'binary', maxLength: 12 });
const name = words.filter((text) => text !== '');
const topic = fc.stringMatching(/^[\w.-]{1,20}$/);
const slot = fc.tuple(fc.constantFrom('inventory', 'analytics'), fc.integer({ min: 1, max: 99 }));
const consumer = fc.oneof(
  fc.constantFrom('inventory' as const, 'analytics' as const),
  slot.map(([kind, n]) => `${kind}/${n}` as `inventory/${number}`),
);
const target = fc.oneof(consumer, fc.constant('load' as const));
const offsets = fc.uniqueArray(fc.record({ topic, partition: fc.nat(99), offset: whole }), {
  minLength: 1,
  maxLength: 4,
  selector: (o) => `${o.topic}/${o.partition}`,
});
const from: fc.Arbitrary<ReplayFrom> = fc.oneof(
  fc.constant({ type: 'beginning' as const }),
  offsets.map((list) => ({ type: 'offsets' as const, offsets: list })),
  fc.nat(4e12).map((at) => ({ type: 'time' as const, at })),
);
const op = fc.constantFrom(...(['==', '!=', '<', '<=', '>', '>='] as const));
const signed = (value: fc.Arbitrary<number>) =>
  fc.oneof(
    value,
    value.map((n) => (n === 0 ? 0 : -n)),
  );
const numeric = fc.oneof(
  fc.tuple(fc.constantFrom('total_orders', 'lag', 'lag.inventory', 'since.total_orders'), op, signed(whole)),
  fc.tuple(
    name.map((group) => `lag.${group}`),
    op,
    whole,
  ),
  fc.tuple(fc.constant('failure_rate'), op, signed(fraction)),
  fc.tuple(fc.constantFrom('latency.p99', 'behind.some.group'), op, ms),
  fc.tuple(fc.constant('rate.orders'), op, count),
);
const worded = fc.tuple(
  fc.constant('state.inventory'),
  op.filter((o) => /^[=!]=$/.test(o)),
  fc.constant('Stable'),
);
const clause: fc.Arbitrary<Clause> = fc.oneof(numeric, worded).map(([fact, operator, value]) => {
  const parts = { fact, op: operator, value };
  return { ...parts, text: writeClause(parts) };
});
const condition = fc.array(clause, { minLength: 1, maxLength: 3 }).map((clauses) => ({
  clauses,
  text: clauses.map(({ text }) => text).join(' and '),
}));

const items = fc.array(
  fc.record({ sku: name.filter((sku) => !/[:,]/.test(sku)), qty: fc.integer({ min: 1, max: 999 }) }),
  { minLength: 1, maxLength: 3 },
);
const burrito = [{ sku: 'burrito', qty: 1 }];
const orderId = name.filter((id) => Buffer.byteLength(id) <= 256);
const maybe = { requiredKeys: [] };

function produce(): fc.Arbitrary<Command> {
  const where = fc.record({ key: words, partition: whole }, maybe);
  const order = fc.record({ orderId, items, count }, { requiredKeys: ['items', 'count'] });
  const raw = fc.record({ raw: fc.option(words), items: fc.constant(burrito), count });
  return fc
    .tuple(fc.oneof(order, raw), where)
    .map(([what, more]) => ({ verb: 'produce', ...what, ...more }) as Command);
}

function load(): fc.Arbitrary<Command> {
  const given = fc.record(
    {
      count,
      rate,
      durationMs: ms.filter((n) => n > 0),
      shape: fc.constantFrom('steady', 'ramp', 'spike', 'lunch'),
      duplicates: fraction.map((n) => n / 2),
      malformed: fraction.map((n) => n / 2),
      hot: fraction,
      reuseIds: fc.boolean(),
      background: fc.boolean(),
    },
    { requiredKeys: ['rate', 'shape', 'duplicates', 'malformed', 'hot', 'reuseIds', 'background'] },
  );
  return given.map((l) => ({ verb: 'load', ...l, ...(l.rate === 'max' && { shape: 'steady' }) }) as Command);
}

const timeoutMs = ms;

/** Any command that can be said in a line. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  produce(),
  load(),
  fc.record({ verb: just('fail-rate'), failRate: fraction }),
  fc.record({ verb: just('throttle'), throttleMs: ms }),
  fc.constant<Command>({ verb: 'workers' }),
  fc.record({ verb: just('workers'), kind: fc.constant('inventory' as const), count: fc.integer({ min: 1, max: 64 }) }),
  fc.record({ verb: fc.constantFrom('pause' as const, 'resume' as const, 'start' as const), target: consumer }),
  fc.record({ verb: just('stop'), target }),
  fc.record({ verb: just('kill'), target, silent: fc.boolean() }),
  fc.record({ verb: just('hang'), target, forMs: ms }),
  fc.record({ verb: just('broker'), action: fc.constantFrom('stop' as const, 'start' as const, 'kill' as const) }),
  fc.record({ verb: just('replay'), action: just('run'), from, preview: fc.boolean(), yes: fc.boolean() }),
  fc.record({ verb: just('replay'), action: fc.constantFrom('cancel' as const, 'accept' as const, 'undo' as const) }),
  fc.record({ verb: fc.constantFrom('lag' as const, 'members' as const), group: name }),
  fc.constantFrom<Command>(
    ...(['lag', 'members', 'metrics', 'topics', 'groups', 'audit', 'mark', 'help', 'quit'] as const).map((v) => ({
      verb: v,
    })),
  ),
  fc.record(
    { verb: just('records'), topic, partition: fc.nat(999_999), from: whole, limit: count },
    { requiredKeys: ['verb', 'topic', 'limit'] },
  ),
  fc.record({ verb: just('trace'), orderId }),
  fc.record({ verb: just('dead-letters'), action: fc.constantFrom('list' as const, 'resubmit' as const) }),
  fc.record({
    verb: just('reset-offsets'),
    group: name,
    to: fc.oneof(from, fc.constant({ type: 'end' as const })),
    yes: fc.boolean(),
  }),
  fc.record({ verb: just('wait'), for: just('idle'), timeoutMs }),
  fc.record({ verb: just('wait'), for: just('condition'), condition, timeoutMs }),
  fc.record({ verb: just('wait'), for: just('event'), event: fc.constantFrom(...EVENT_NAMES), timeoutMs }),
  fc.record({ verb: just('expect'), condition }),
  fc.record({ verb: just('sleep'), forMs: ms }),
  fc.record({ verb: just('say'), text: words }),
  fc.record({ verb: just('help'), topic: fc.constantFrom(...ROWS.map((row) => row.verb), 'facts', 'events') }),
) as fc.Arbitrary<Command>;

function just<T extends string>(word: T): fc.Arbitrary<T> {
  return fc.constant(word);
}
