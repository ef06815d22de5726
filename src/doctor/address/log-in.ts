import type { Connection } from '../../kafka/client.ts';
import { type Finding, ok } from '../check.ts';
import { openSeed } from '../cluster/seed.ts';
import { harmless, took } from '../words.ts';
import type { Entry } from './entry.ts';

/** Opens a connection as the program does, log-in included, and keeps it for the questions about the cluster. */
export async function logIn(entry: Entry, signal: AbortSignal): Promise<Finding> {
  const began = performance.now();
  entry.seed = await openSeed(entry.connection, signal);
  const ms = performance.now() - began;
  const who = whoOf(entry.connection);
  return ok(`${who}, in ${took(ms)}`, { ms });
}

function whoOf({ sasl, ssl }: Connection): string {
  if (sasl && 'username' in sasl) return `let in as ${harmless(sasl.username)}`;
  if (sasl) return 'let in by a token';
  return ssl?.cert || ssl?.pfx ? 'let in by certificate' : 'let in without log-in';
}
