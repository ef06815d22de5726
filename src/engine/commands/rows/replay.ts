import type { Command } from '../../command.ts';
import { replayStart } from '../../language/offsets.ts';
import { choice } from '../../language/value.ts';
import { argument, fallback, needed, option, toggle } from '../field.ts';
import { type CommandOf, form, type Row } from '../row.ts';

type Run = Extract<Command, { verb: 'replay'; action: 'run' }>;
type Settle = Exclude<CommandOf<'replay'>, Run>;

export const replay: Row = {
  verb: 'replay',
  summary: 'has analytics read the log again and compares; the numbers on show stay until then',
  ends: 'digests compared',
  writes: {
    what: 'the offsets of analytics',
    unless: (command) => command.verb === 'replay' && !(command.action === 'run' && !command.preview),
  },
  examples: [
    'replay analytics --yes',
    'replay analytics --preview',
    'replay analytics --from=-10m --yes',
    'replay analytics --from=orders/0=120,inventory-events/0=95 --yes',
    'replay undo',
  ],
  forms: [
    form<Run, 'verb' | 'action'>(
      { verb: 'replay', action: 'run' },
      {
        from: fallback({ type: 'beginning' }, option('--from', replayStart, 'later ones only report their window')),
        preview: toggle('--preview', 'says what would be read, and does nothing'),
        yes: toggle('--yes', 'does not ask'),
      },
      { words: ['analytics'] },
    ),
    form<Settle, 'verb'>(
      { verb: 'replay' },
      {
        action: needed(
          argument(
            choice('ACTION', ['cancel', 'accept', 'undo']),
            'accept takes the replayed numbers, undo keeps the held ones',
          ),
        ),
      },
    ),
  ],
  unattended: (command) =>
    command.verb === 'replay' && command.action === 'run' && !command.yes && !command.preview
      ? 'nobody can be asked here: replay needs --yes, or --preview to look only'
      : undefined,
};
