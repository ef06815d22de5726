import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { PasswordLogin } from '../security.ts';
import type { Exchange } from './exchange.ts';

const DIGESTS = { 'scram-sha-256': 'sha256', 'scram-sha-512': 'sha512' } as const;
const SIZES = { sha256: 32, sha512: 64 } as const;
/** Fewer would make the password cheap to guess for whoever asks for them (RFC 5802, section 5.1). */
const FEWEST_ITERATIONS = 4_096;

/** The fields of a message, such as `r=…,s=…,i=4096`. */
function fieldsOf(message: Buffer): Map<string, string> {
  const parts = message.toString().split(',');
  return new Map(parts.map((part) => [part.slice(0, 1), part.slice(2)]));
}

function escapeName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C');
}

function newNonce(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * Proves that both sides know the password without saying it (RFC 5802). Rejects if the broker refuses, or does not know
 * it itself.
 */
export async function loginScram(exchange: Exchange, login: PasswordLogin, nonce = newNonce()): Promise<void> {
  const { mechanism, username, password } = login;
  if (mechanism === 'plain') throw new Error('plain is not a mechanism of SCRAM');
  const digest = DIGESTS[mechanism];
  const hmac = (key: Buffer, text: string) => createHmac(digest, key).update(text).digest();
  const bare = `n=${escapeName(username)},r=${nonce}`;

  const first = await exchange(Buffer.from(`n,,${bare}`));
  const { salt, iterations, both } = readChallenge(first, nonce);
  const salted = await promisify(pbkdf2)(password, salt, iterations, SIZES[digest], digest);
  const clientKey = hmac(salted, 'Client Key');
  const withoutProof = `c=${Buffer.from('n,,').toString('base64')},r=${both}`;
  const transcript = [bare, first.toString(), withoutProof].join(',');
  const signature = hmac(createHash(digest).update(clientKey).digest(), transcript);
  const proof = Buffer.from(clientKey.map((byte, i) => byte ^ (signature[i] ?? 0)));

  const last = await exchange(Buffer.from(`${withoutProof},p=${proof.toString('base64')}`));
  const claimed = Buffer.from(fieldsOf(last).get('v') ?? '', 'base64');
  const expected = hmac(hmac(salted, 'Server Key'), transcript);
  if (claimed.length !== expected.length || !timingSafeEqual(claimed, expected)) {
    throw new Error('the broker could not prove that it knows the password');
  }
}

function readChallenge(first: Buffer, nonce: string): { salt: Buffer; iterations: number; both: string } {
  const fields = fieldsOf(first);
  const both = fields.get('r') ?? '';
  const iterations = Number(fields.get('i'));
  if (!both.startsWith(nonce)) throw new Error('the broker answered somebody else');
  if (!(iterations >= FEWEST_ITERATIONS)) throw new Error(`the broker asks for ${iterations} iterations only`);
  return { salt: Buffer.from(fields.get('s') ?? '', 'base64'), iterations, both };
}
