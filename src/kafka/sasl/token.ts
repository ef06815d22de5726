import { readFile } from 'node:fs/promises';
import { CODE, faultOfCode, KafkaFault } from '../errors.ts';
import type { TokenEndpoint, TokenLogin } from '../security.ts';

/** `renewAt` is infinite while the token is still being asked for. */
type Kept = { token: Promise<string>; renewAt: number };

const ANSWER_MS = 5_000;
/** A token is used for this share of its life, so that it is still good when the broker looks at it. */
const USED_SHARE = 0.8;
/** Life of a token whose endpoint does not say it: short, as asking again is cheap. */
const UNSAID_LIFE_S = 60;

/** Tokens of this thread by endpoint: many connections log in at the same time, and one question is enough. */
const kept = new Map<string, Kept>();

/** The token to log in with now. Rejects with a fault that says where it should have come from. */
export async function tokenFor({ token, tokenFile, endpoint }: TokenLogin): Promise<string> {
  if (tokenFile !== undefined) return await readToken(tokenFile);
  if (endpoint !== undefined) return await keptToken(endpoint);
  if (token !== undefined) return token;
  throw refused('there is no token for OAUTHBEARER', 'give one, a file that holds one, or an endpoint that gives one');
}

function refused(sentence: string, fix: string, cause?: unknown): KafkaFault {
  return new KafkaFault({ code: CODE.NOT_LET_IN, name: 'NO_TOKEN', retriable: false, sentence, fix }, { cause });
}

async function readToken(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw refused(
      `the token file ${path} cannot be read (${cause.code ?? cause.message})`,
      'check path and rights',
      cause,
    );
  });
  if (text.trim() === '') throw refused(`the token file ${path} is empty`, 'see who should write it');
  return text.trim();
}

function keptToken(endpoint: TokenEndpoint): Promise<string> {
  const name = JSON.stringify(endpoint);
  const known = kept.get(name);
  if (known && Date.now() < known.renewAt) return known.token;
  const asked = fetchToken(endpoint);
  const fresh: Kept = { token: asked.then(({ token }) => token), renewAt: Number.POSITIVE_INFINITY };
  kept.set(name, fresh);
  asked.then(
    ({ renewAt }) => (fresh.renewAt = renewAt),
    () => kept.delete(name),
  );
  return fresh.token;
}

async function fetchToken(endpoint: TokenEndpoint): Promise<{ token: string; renewAt: number }> {
  const { url, clientId, clientSecret, scope } = endpoint;
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const { origin, pathname } = new URL(url);
  const where = `${origin}${pathname}`;
  const askedAt = Date.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials}`, accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }),
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch((cause: Error) => {
    throw unreachable(where, cause);
  });
  const answer: unknown = await response.json().catch(() => undefined);
  const { access_token: token, expires_in: lifeS, error } = fieldsOf(answer);
  if (response.status >= 500) throw unreachable(where, new Error(`it answers ${response.status}`));
  if (typeof token !== 'string' || token === '') {
    const why = typeof error === 'string' ? `${response.status}, ${error}` : String(response.status);
    throw refused(
      `the token endpoint ${where} gives client ${clientId} no token (${why})`,
      'check client id, secret and scope',
    );
  }
  const life = typeof lifeS === 'number' ? lifeS : UNSAID_LIFE_S;
  return { token, renewAt: askedAt + life * 1_000 * USED_SHARE };
}

function fieldsOf(answer: unknown): Record<string, unknown> {
  return typeof answer === 'object' && answer !== null ? { ...answer } : {};
}

function unreachable(where: string, cause: Error): KafkaFault {
  const reason = cause.cause instanceof Error ? cause.cause.message : cause.message;
  const sentence = `the token endpoint ${where} cannot be asked: ${reason}`;
  return new KafkaFault({ ...faultOfCode(CODE.NETWORK_EXCEPTION), sentence }, { cause });
}
