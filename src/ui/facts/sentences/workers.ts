import type { EventOf } from '../../../engine/event.ts';
import { percent } from '../../format/number.ts';
import { duration } from '../../format/time.ts';
import type { Sentence } from '../fact.ts';
import type { Gathering } from '../gather.ts';
import { of, type Tells } from './tell.ts';

type Told =
  | 'worker-spawned'
  | 'worker-ready'
  | 'worker-died'
  | 'worker-killed'
  | 'worker-hung'
  | 'worker-stopped'
  | 'worker-removed'
  | 'worker-paused'
  | 'worker-resumed'
  | 'workers-scaled'
  | 'member-left'
  | 'knobs-set'
  | 'knobs-applied'
  | 'output-printed';

/** What became of a dead thread: `; replaced after 0.5 s`, `; replaced in 250 ms`, `; a new thread is starting`. */
function replacement(story: Gathering, at: number, retryInMs: number | null): string {
  const ready = of(story, 'worker-ready')[0];
  if (ready) return `; replaced after ${duration(ready.at - at)}`;
  if (of(story, 'worker-spawned').length > 0) return '; a new thread is starting';
  if (retryInMs === null) return '; it stays down';
  return retryInMs > 0 ? `; replaced in ${duration(retryInMs)}` : '';
}

function killed({ slot, silent, at }: EventOf<'worker-killed'>, story: Gathering): Sentence {
  const how = silent ? ' silently: its group waits out the session' : '';
  return {
    text: `${slot} killed${how}${replacement(story, at, 0)}`,
    tone: 'bad',
    mark: 'k',
    short: `${slot} killed`,
  };
}

function hung({ slot, silentForMs, at }: EventOf<'worker-hung'>, story: Gathering): Sentence {
  const text = `${slot} hangs: silent for ${duration(silentForMs)}, ended${replacement(story, at, 0)}`;
  return { text, tone: 'bad', mark: 'h', short: `${slot} hung` };
}

type Knobs = EventOf<'knobs-set'>['knobs'];

/** What was turned, where the value before is known; else what the command turned. */
function turned(
  { knobs }: EventOf<'knobs-set'>,
  { knobsBefore, cause }: Gathering,
): { mark: 't' | 'f'; text: string }[] {
  const isNew = (knob: 'failRate' | 'throttleMs', verb: string) =>
    knobsBefore ? knobsBefore[knob] !== knobs[knob] : cause === undefined || cause.command.verb === verb;
  const rows = [
    { mark: 't', isShown: isNew('throttleMs', 'throttle'), text: throttle(knobs) },
    { mark: 'f', isShown: isNew('failRate', 'fail-rate'), text: `fail rate ${percent(knobs.failRate)}` },
  ] as const;
  const shown = rows.filter(({ isShown }) => isShown);
  // Turned to what it was: the command says which knob was meant.
  return shown.length > 0
    ? shown
    : rows.filter(({ mark }) => mark === (cause?.command.verb === 'throttle' ? 't' : 'f'));
}

function throttle({ throttleMs }: Knobs): string {
  return throttleMs === 0 ? 'throttle off' : `throttle ${duration(throttleMs)}`;
}

function knobsSet(event: EventOf<'knobs-set'>, story: Gathering): Sentence {
  const what = turned(event, story);
  const text = what.map((each) => each.text).join(', ');
  const applied = of(story, 'knobs-applied');
  const slots = [...new Set(applied.map(({ slot }) => slot))].sort();
  const last = applied.at(-1);
  const who = slots.length === 1 ? slots[0] : `${slots.length} workers`;
  const how = last ? `, applied by ${who} within ${duration(last.at - event.at)}` : ', not yet applied';
  return { text: text + how, mark: what[0]?.mark ?? 'f', short: text };
}

/** Threads of workers: what befell them, and their knobs. */
export const workers: Tells<Told> = {
  'worker-spawned': ({ slot, at, why }, story) => {
    // A load test tells its own beginning.
    if (slot.startsWith('load/')) return undefined;
    const ready = of(story, 'worker-ready')[0];
    const mark = story.cause ? ({ mark: 's', short: `${slot} started` } as const) : {};
    const how = ready ? `is up, after ${duration(ready.at - at)}` : 'is starting';
    const reason = why === '' || why === 'asked for' ? '' : ` (${why})`;
    return { text: `${slot} ${how}${reason}`, ...mark };
  },
  'worker-ready': ({ slot, forMs }) => ({ text: `${slot} is up, after ${duration(forMs)}` }),
  'worker-died': ({ slot, reason, retryInMs, at }, story) => ({
    text: `${slot} died: ${reason}${replacement(story, at, retryInMs)}`,
    tone: 'bad',
    mark: 'd',
    short: `${slot} died`,
  }),
  'worker-killed': killed,
  'worker-hung': hung,
  'worker-stopped': ({ slot }) => ({
    text: `${slot} stopped cleanly, and stays down`,
    tone: 'work',
    mark: 's',
    short: `${slot} stopped`,
  }),
  'worker-removed': ({ slot }) => ({ text: `${slot} removed`, mark: 's', short: `${slot} removed` }),
  'worker-paused': ({ slot }) => ({
    text: `${slot} paused: it stays in its group and takes no records`,
    tone: 'work',
    mark: 'p',
    short: `${slot} paused`,
  }),
  'worker-resumed': ({ slot }) => ({ text: `${slot} goes on`, mark: 'g', short: `${slot} goes on` }),
  // Without a command it is the start of the program, which its threads tell.
  'workers-scaled': ({ kind, count }, { cause }) =>
    cause && {
      text: `${kind} scaled to ${count} worker${count === 1 ? '' : 's'}`,
      mark: 's',
      short: `${kind} × ${count}`,
    },
  'member-left': ({ slot }) => ({ text: `the group was left for ${slot}, so that nobody waits for it`, tone: 'dim' }),
  'knobs-set': knobsSet,
  'knobs-applied': ({ slot, knobs }) => ({
    text: `${slot} applies fail rate ${percent(knobs.failRate)}, ${throttle(knobs)}`,
    tone: 'dim',
  }),
  'output-printed': ({ slot, stream, text }) => ({
    text: `${slot} wrote to ${stream}: ${text.trim().replace(/\s+/g, ' ')}`,
    ...(stream === 'stderr' ? { tone: 'work' as const } : {}),
  }),
};
