import { choice } from '../../language/value.ts';
import { argument, needed } from '../field.ts';
import { type CommandOf, form, type Row } from '../row.ts';

export const broker: Row = {
  verb: 'broker',
  summary: 'stops, starts or kills the embedded broker; refused on another cluster',
  ends: 'it is seen',
  writes: { what: 'the broker' },
  examples: ['broker stop', 'broker start', 'broker kill'],
  forms: [
    form<CommandOf<'broker'>, 'verb'>(
      { verb: 'broker' },
      { action: needed(argument(choice('ACTION', ['stop', 'start', 'kill']), 'kill is without a goodbye')) },
    ),
  ],
};
