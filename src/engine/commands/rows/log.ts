import { orderId, topicPartition } from '../../language/pipeline-values.ts';
import { named, positive, whole } from '../../language/value.ts';
import { argument, fallback, needed, option, optional } from '../field.ts';
import { type CommandOf, form, type Row, shaped } from '../row.ts';

type Records = { source: { topic: string; partition?: number }; from?: number; limit: number };

export const records: Row = {
  verb: 'records',
  summary: 'prints records of a topic, read outside every group',
  ends: 'read',
  examples: ['records orders', 'records inventory-events/0 --from 120 --limit 5'],
  forms: [
    shaped<Records>(
      {
        source: needed(argument(topicPartition, 'what to read')),
        from: optional(option('--from', named('OFFSET', whole), 'the first offset; the latest records without it')),
        limit: fallback(10, option('--limit', positive, 'how many records at most')),
      },
      {
        make: ({ source, ...more }) => ({ verb: 'records', ...source, ...more }),
        take: (command) => {
          if (command.verb !== 'records') return undefined;
          const { verb, topic, partition, ...more } = command;
          return { source: { topic, ...(partition === undefined ? {} : { partition }) }, ...more };
        },
      },
    ),
  ],
};

export const trace: Row = {
  verb: 'trace',
  summary: 'prints everything the log holds of one order',
  ends: 'read',
  examples: ['trace o-12345678'],
  forms: [form<CommandOf<'trace'>, 'verb'>({ verb: 'trace' }, { orderId: needed(argument(orderId, 'which order')) })],
};
