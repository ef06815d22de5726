import { consumer, worker } from '../../language/pipeline-values.ts';
import { duration, named, only, positive } from '../../language/value.ts';
import { argument, needed, toggle } from '../field.ts';
import { type CommandOf, form, type Row } from '../row.ts';

const few = only(named('N', positive), 'a number of workers from 1 to 64', (n) => n <= 64);

export const workers: Row = {
  verb: 'workers',
  summary: 'prints the workers, or scales the inventory group',
  ends: 'at once; scaled: the group is stable with N members',
  writes: {
    what: 'the members of a group',
    unless: (command) => command.verb === 'workers' && command.count === undefined,
  },
  examples: ['workers', 'workers inventory 3'],
  forms: [
    form<CommandOf<'workers'>, 'verb' | 'kind'>(
      { verb: 'workers', kind: 'inventory' },
      { count: needed(argument(few, 'how many inventory workers there shall be')) },
      { words: ['inventory'] },
    ),
    form<CommandOf<'workers'>, 'verb' | 'kind' | 'count'>({ verb: 'workers' }, {}),
  ],
};

export const pause: Row = {
  verb: 'pause',
  summary: 'has a worker take no more records; it stays in its group',
  ends: 'the worker says so',
  examples: ['pause analytics', 'pause inventory/1'],
  forms: [form<CommandOf<'pause'>, 'verb'>({ verb: 'pause' }, { target: needed(argument(consumer, 'who')) })],
};

export const resume: Row = {
  verb: 'resume',
  summary: 'has a paused worker go on',
  ends: 'the worker says so',
  examples: ['resume analytics', 'resume inventory/1'],
  forms: [form<CommandOf<'resume'>, 'verb'>({ verb: 'resume' }, { target: needed(argument(consumer, 'who')) })],
};

export const stop: Row = {
  verb: 'stop',
  summary: 'ends a worker cleanly, and it stays down; ends a load test after a flush',
  ends: 'it is gone',
  examples: ['stop inventory/1', 'stop load'],
  forms: [form<CommandOf<'stop'>, 'verb'>({ verb: 'stop' }, { target: needed(argument(worker, 'who')) })],
};

export const start: Row = {
  verb: 'start',
  summary: 'starts a stopped worker',
  ends: 'it is up',
  examples: ['start inventory/1', 'start analytics'],
  forms: [form<CommandOf<'start'>, 'verb'>({ verb: 'start' }, { target: needed(argument(consumer, 'who')) })],
};

export const kill: Row = {
  verb: 'kill',
  summary: 'ends the thread of a worker in the middle of whatever it does; it is replaced',
  ends: 'its death is seen',
  examples: ['kill inventory/1', 'kill analytics/1 --silent'],
  forms: [
    form<CommandOf<'kill'>, 'verb'>(
      { verb: 'kill' },
      {
        target: needed(argument(worker, 'who')),
        silent: toggle('--silent', 'nobody leaves the group for it: the group waits out the session'),
      },
    ),
  ],
};

export const hang: Row = {
  verb: 'hang',
  summary: "blocks a worker's event loop",
  ends: 'the worker has it',
  examples: ['hang inventory/1 8s'],
  forms: [
    form<CommandOf<'hang'>, 'verb'>(
      { verb: 'hang' },
      { target: needed(argument(worker, 'who')), forMs: needed(argument(duration, 'for how long')) },
    ),
  ],
};
