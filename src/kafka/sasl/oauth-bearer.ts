import type { TokenLogin } from '../security.ts';
import type { Exchange } from './exchange.ts';
import { tokenFor } from './token.ts';

const SEPARATOR = '\x01';

/**
 * Shows a token (RFC 7628). A broker that does not take it says why and waits for one more message before it refuses;
 * kafkajs takes that for a success and then meets a closed connection.
 */
export async function loginWithToken(exchange: Exchange, login: TokenLogin): Promise<void> {
  const token = await tokenFor(login);
  const refusal = await exchange(Buffer.from(`n,,${SEPARATOR}auth=Bearer ${token}${SEPARATOR}${SEPARATOR}`));
  if (refusal.length === 0) return;
  await exchange(Buffer.from(SEPARATOR)).catch(() => undefined);
  throw new Error(statusIn(refusal.toString()));
}

/** The broker says it as `{"status":"invalid_token"}`. */
function statusIn(refusal: string): string {
  return /"status"\s*:\s*"([^"]+)"/.exec(refusal)?.[1] ?? refusal;
}
