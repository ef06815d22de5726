import type { Command } from '../../command.ts';
import { EVENT_NAMES } from '../../language/events.ts';
import { condition, sentence } from '../../language/rest.ts';
import { choice, duration, type Value } from '../../language/value.ts';
import { argument, fallback, needed, option, rest } from '../field.ts';
import { type CommandOf, form, type Row } from '../row.ts';

type WaitFor<W extends CommandOf<'wait'>['for']> = Extract<Command, { verb: 'wait'; for: W }>;

const event: Value<string> = { ...choice('EVENT', EVENT_NAMES), is: 'an event (help events lists them)' };

const timeoutMs = fallback(60_000, option('--timeout', duration, 'how long it may take'));

export const wait: Row = {
  verb: 'wait',
  summary: 'waits until the pipeline is idle, a condition holds or an event comes',
  ends: 'it holds, or the time is over',
  examples: ['wait idle', 'wait lag == 0 and pending == 0 --timeout 2m', 'wait event load-finished'],
  forms: [
    form<WaitFor<'idle'>, 'verb' | 'for'>({ verb: 'wait', for: 'idle' }, { timeoutMs }, { words: ['idle'] }),
    form<WaitFor<'event'>, 'verb' | 'for'>(
      { verb: 'wait', for: 'event' },
      { event: needed(argument(event, 'one since the last command that acts counts too')), timeoutMs },
      { words: ['event'] },
    ),
    form<WaitFor<'condition'>, 'verb' | 'for'>(
      { verb: 'wait', for: 'condition' },
      { condition: needed(rest(condition, 'see help facts')), timeoutMs },
    ),
  ],
};

export const expect: Row = {
  verb: 'expect',
  summary: 'checks a condition on fresh facts; ends the script if it does not hold',
  ends: 'at once',
  examples: [
    'expect total_orders == 10k and lag == 0',
    'expect failure_rate > 26%',
    'expect state.inventory == Stable',
  ],
  forms: [
    form<CommandOf<'expect'>, 'verb'>({ verb: 'expect' }, { condition: needed(rest(condition, 'see help facts')) }),
  ],
};

export const sleep: Row = {
  verb: 'sleep',
  summary: 'does nothing for a while',
  ends: 'the time is over',
  examples: ['sleep 3s'],
  forms: [form<CommandOf<'sleep'>, 'verb'>({ verb: 'sleep' }, { forMs: needed(argument(duration, 'how long')) })],
};

export const say: Row = {
  verb: 'say',
  summary: 'prints a text',
  ends: 'at once',
  examples: ['say lunch hour begins'],
  forms: [form<CommandOf<'say'>, 'verb'>({ verb: 'say' }, { text: needed(rest(sentence, 'what to print')) })],
};
