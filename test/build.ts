import { bundle } from '../build.mjs';

/** Builds the program once before the tests, so that threads and child processes start as they do for a user. */
export async function setup() {
  await bundle();
}
