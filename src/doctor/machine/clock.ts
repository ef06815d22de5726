import { type Finding, fail, ok, warn } from '../check.ts';
import { took } from '../words.ts';

/** The two clocks of a machine, and a way to let time pass (ms). */
export type Clocks = { wall: () => number; monotonic: () => number; sleep: (ms: number) => Promise<void> };

const WATCHED_MS = 200;
const STEPS = 4;
/** What scheduling and slewing may add up to while it is watched. */
const TOLERATED_MS = 50;
/** No record can be older than the program; a clock before that was never set. */
const PROGRAM_BORN = Date.UTC(2026, 0, 1);

const SET_IT = 'let the system set its clock (NTP): records carry its time';

/** Whether the wall clock is set, and whether both clocks go forward and at the same pace. */
export async function checkClock({ wall, monotonic, sleep }: Clocks): Promise<Finding> {
  const began = { wall: wall(), monotonic: monotonic() };
  if (began.wall < PROGRAM_BORN) return fail(`the clock says ${instant(began.wall)}, which is over`, SET_IT);
  let last = began.monotonic;
  for (let step = 0; step < STEPS; step++) {
    await sleep(WATCHED_MS / STEPS);
    const now = monotonic();
    if (now <= last) return fail('the monotonic clock stands still', 'restart the machine');
    last = now;
  }
  const drift = wall() - began.wall - (monotonic() - began.monotonic);
  const data = { at: began.wall, driftMs: Math.round(drift) };
  if (Math.abs(drift) <= TOLERATED_MS) return ok(`${instant(began.wall)}, goes evenly`, data);
  const jump = `${took(Math.abs(drift))} ${drift > 0 ? 'ahead' : 'back'} while it was watched`;
  return warn(`the clock jumped ${jump}`, SET_IT, data);
}

function instant(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
