import type { Command } from '../engine/command.ts';
import type { EventType } from '../engine/event.ts';
import { printCommand } from '../engine/language/print.ts';
import type { State } from '../engine/state.ts';
import { type Given, isIdle, type Session } from './session.ts';

/** What is waited for after a command, where it happened before the next one was given. */
const AFTER: { readonly [words: string]: EventType } = {
  kill: 'worker-ready',
  hang: 'worker-hung',
  start: 'worker-ready',
  'broker kill': 'broker-started',
};

/** A barrier that a slow machine passes, too. */
const WAIT_IDLE = 'wait idle --timeout 5m';

/** The session as a script that runs headless: its commands, the waits that its one at the keyboard made, what came out. */
export function sessionScript(
  { given, ground }: Pick<Session, 'given' | 'ground'>,
  state: State,
  name: string,
): string {
  const done = withoutRepeats(given.filter(({ failed }) => !failed));
  const lines = done.flatMap((one, i) => [
    ...waitBefore(one, done[i - 1]),
    lineOf(one, done[i + 1], state),
    ...waitAfter(one),
  ]);
  const head = [`# A session of lunchrush. Run it with: lunchrush --fresh --script ${name}`, 'mark', ...knobs(ground)];
  return `${[...head, ...lines, ...ending(done, ground, state)].join('\n')}\n`;
}

function knobs({ failRate, throttleMs }: Session['ground']): string[] {
  const turned: Command[] = [];
  if (failRate > 0) turned.push({ verb: 'fail-rate', failRate });
  if (throttleMs > 0) turned.push({ verb: 'throttle', throttleMs });
  return turned.map(printCommand);
}

/** Of a knob that was turned step by step only the last step counts. */
function withoutRepeats(given: readonly Given[]): Given[] {
  const isKnob = ({ command }: Given) => command.verb === 'fail-rate' || command.verb === 'throttle';
  return given.filter((one, i) => !(isKnob(one) && given[i + 1]?.command.verb === one.command.verb));
}

/** The barrier, where things had been set going and had come to rest before this command. */
function waitBefore({ wasIdle }: Given, before: Given | undefined): string[] {
  return wasIdle && before && MOVES.has(before.command.verb) ? [WAIT_IDLE] : [];
}

/** Commands after which there is something to wait for. */
const MOVES: ReadonlySet<string> = new Set(['load', 'produce', 'kill', 'hang', 'resume', 'start', 'throttle', 'stop']);

/** A load during which further commands were given goes on in the background here, too. */
function lineOf({ command, text }: Given, next: Given | undefined, state: State): string {
  if (command.verb !== 'load' || command.background) return text;
  const goesOn = next ? next.wasLoading : state.load.running;
  return goesOn ? printCommand({ ...command, background: true }) : text;
}

function waitAfter({ command, followed }: Given): string[] {
  const words = command.verb === 'broker' ? `broker ${command.action}` : command.verb;
  const event = AFTER[words];
  return event && followed.has(event) ? [`wait event ${event}`] : [];
}

/** What must have come out: exact numbers where they do not depend on when something was stopped. */
function ending(done: readonly Given[], { orders }: Session['ground'], state: State): string[] {
  const { totals } = state.analytics;
  if (!isIdle(state) || !totals)
    return ['# Things were under way when this was saved: nothing is expected of the end.'];
  const isBounded = done.every(({ command }) => !isStop(command) && !(command.verb === 'load' && command.durationMs));
  const count = isBounded ? [`expect since.total_orders == ${totals.total_orders - orders}`] : [];
  return [WAIT_IDLE, ...count, 'expect pending == 0 and conflicts == 0 and repeated_decisions == 0'];
}

function isStop(command: Command): boolean {
  return command.verb === 'stop' && command.target.startsWith('load');
}
