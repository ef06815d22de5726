import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { LunchrushError, toLunchrushError } from '../errors.ts';
import { type Bar, besideBar, createBar } from './bar.ts';
import { jsonVoice } from './json.ts';
import type { Out } from './out.ts';
import { closedPipe } from './pipe.ts';
import { plainVoice } from './plain.ts';
import { type Readers, readProgram, type Script } from './read-program.ts';
import { runScript } from './run.ts';
import { interruptionOf } from './signals.ts';
import type { Voice } from './voice.ts';

/** What the command line says of this door. */
export type HeadlessOptions = Script & {
  json: boolean;
  keepGoing: boolean;
  color: boolean;
  ascii: boolean;
  notes: readonly string[];
};

/** An engine that runs, and the way to close it with all that is under it. */
export type Session = { engine: Engine; close(): Promise<void> };

/** What the door needs of the world. */
export type World = Readers & {
  version: string;
  clock: Clock;
  stdout: Out;
  stderr: Out;
  /** Aborted with an Interruption as its reason. */
  signal: AbortSignal;
  /** Starts everything that a script runs on; called only when the script is right. */
  open(signal: AbortSignal): Promise<Session>;
};

/** The headless door, whole: checks the script, opens, runs, closes, tells, and says the exit code. Never rejects. */
export async function runHeadless(options: HeadlessOptions, world: World): Promise<number> {
  const { clock, version } = world;
  const signal = AbortSignal.any([world.signal, closedPipe(world.stdout), closedPipe(world.stderr)]);
  const bar = createBar(world.stderr, { clock, ascii: options.ascii });
  const voice = createVoice(options, world, bar);
  voice.started(version);
  for (const note of options.notes) voice.note(note);
  const exit = await unlessInterrupted(voice, signal, async () => {
    const { steps, faults } = await readProgram(options, world, clock.now());
    for (const fault of faults) voice.fault(fault);
    if (faults.length > 0) return SCRIPT_WRONG;
    const session = await world.open(signal);
    const running = { voice, bar, clock, signal, keepGoing: options.keepGoing };
    const code = await unlessInterrupted(voice, signal, () => runScript(session.engine, steps, running));
    const closed = await close(session, voice);
    return code || closed;
  });
  voice.finished(exit);
  return exit;
}

const SCRIPT_WRONG = new LunchrushError('SCRIPT_WRONG', '').exitCode;

function createVoice({ json, color }: HeadlessOptions, { stdout, stderr, clock }: World, bar: Bar): Voice {
  const streams = { stdout: besideBar(stdout, bar), stderr: besideBar(stderr, bar) };
  const plain = plainVoice({ ...streams, color });
  return json ? jsonVoice({ stdout: streams.stdout, now: () => clock.now(), aside: plain }) : plain;
}

/** Does the work and gives its exit code, or that of what it threw. What an interruption broke is told by nobody. */
async function unlessInterrupted(voice: Voice, signal: AbortSignal, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (thrown) {
    return interruptionOf(signal)?.exit ?? tell(voice, thrown);
  }
}

async function close(session: Session, voice: Voice): Promise<number> {
  try {
    await session.close();
    return 0;
  } catch (thrown) {
    return tell(voice, thrown);
  }
}

function tell(voice: Voice, thrown: unknown): number {
  const error = toLunchrushError(thrown);
  voice.error(error);
  return error.exitCode;
}
