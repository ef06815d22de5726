import type { Connection } from '../../kafka/client.ts';
import type { Seed } from '../cluster/seed.ts';
import type { Served } from '../wire/api-versions.ts';
import { type Address, addressText, dial, type TlsWish } from '../wire/dial.ts';

/** One of the addresses that a cluster was given by, and what the checks of it have learned so far. */
export type Entry = {
  address: Address;
  /** Dials only this address. Secrets are in it. */
  connection: Connection;
  /** How its TLS is wished; absent: plain text. */
  tls?: TlsWish;
  /** So long it may keep silent before it is taken for dead, ms. */
  patienceMs: number;
  /** The other addresses that were given. */
  others: readonly Address[];
  /** What its name stands for. */
  found?: readonly string[];
  served?: Served;
  /** A connection that was let in. */
  seed?: Seed;
};

/** `host:port`. */
export function nameOf({ address }: Pick<Entry, 'address'>): string {
  return addressText(address);
}

/** Whether one of the other addresses can be connected to. */
export async function isAnotherThere({ others, patienceMs }: Entry, signal: AbortSignal): Promise<boolean> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const tries = others.map(async (address) => void (await dial(address, patience)).destroy());
  return await Promise.any(tries).then(
    () => true,
    () => false,
  );
}
