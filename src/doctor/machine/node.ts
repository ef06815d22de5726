import { type Finding, fail, ok } from '../check.ts';

/** What the program needs, as package.json says it under `engines`. */
const NEEDED = [20, 19] as const;

/** Whether this Node is new enough. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const data = { version };
  const isEnough = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
  const needed = NEEDED.join('.');
  if (isEnough) return ok(`${version}, at least ${needed} is needed`, data);
  return fail(`${version} is too old`, `install Node ${needed} or newer`, data);
}
