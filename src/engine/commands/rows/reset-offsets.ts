import { resetTarget } from '../../language/offsets.ts';
import { name, named } from '../../language/value.ts';
import { argument, needed, option, toggle } from '../field.ts';
import { type CommandOf, form, type Row } from '../row.ts';

export const resetOffsets: Row = {
  verb: 'reset-offsets',
  summary: 'moves the committed offsets of a group that is not ours and has no members',
  ends: 'read back as set',
  writes: {
    what: 'the offsets of a group',
    unless: (command) => command.verb === 'reset-offsets' && !command.yes,
  },
  examples: [
    'reset-offsets billing --to beginning --yes',
    'reset-offsets billing --to=-10m --yes',
    'reset-offsets billing --to orders/0=120,orders/1=95 --yes',
  ],
  forms: [
    form<CommandOf<'reset-offsets'>, 'verb'>(
      { verb: 'reset-offsets' },
      {
        group: needed(argument(named('GROUP', name), 'an empty group that is not ours')),
        to: needed(option('--to', resetTarget, 'where to; offsets are set as named, else all that it has committed')),
        yes: toggle('--yes', 'does it; without, it only says what would be'),
      },
    ),
  ],
  unattended: (command) =>
    command.verb === 'reset-offsets' && !command.yes
      ? 'nobody can be asked here: reset-offsets needs --yes'
      : undefined,
};
