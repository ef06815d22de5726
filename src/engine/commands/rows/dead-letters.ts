import { choice } from '../../language/value.ts';
import { argument, fallback } from '../field.ts';
import { type CommandOf, form, type Row } from '../row.ts';

export const deadLetters: Row = {
  verb: 'dead-letters',
  summary: 'prints what was malformed, where and why, or sends it to its partition again',
  ends: 'read, or acknowledged',
  writes: {
    what: 'orders',
    unless: (command) => command.verb === 'dead-letters' && command.action === 'list',
  },
  examples: ['dead-letters', 'dead-letters list', 'dead-letters resubmit'],
  forms: [
    form<CommandOf<'dead-letters'>, 'verb'>(
      { verb: 'dead-letters' },
      {
        action: fallback(
          'list',
          argument(
            choice('ACTION', ['list', 'resubmit']),
            'resubmit sends each one once; what is still malformed comes back as a new dead letter',
          ),
        ),
      },
    ),
  ],
};
