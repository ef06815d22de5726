import { CODE, type Fault, faultOf, faultOfCode, KafkaFault } from '../errors.ts';
import type { Login } from '../fixes/login.ts';
import type { Sasl } from '../security.ts';
import { apiKeys, type BrokerConnection, type Call, lookup, requests } from '../wire/kafkajs.ts';
import type { Exchange } from './exchange.ts';
import { loginWithToken } from './oauth-bearer.ts';
import { loginPlain } from './plain.ts';
import { loginScram } from './scram.ts';

type LoginConnection = BrokerConnection & { readonly broker: string };
/** Asks over the connection that is to be logged in; error codes come as they are. */
type Ask = (api: 'SaslHandshake' | 'SaslAuthenticate', args: object) => Promise<unknown>;
type HandshakeAnswer = { errorCode: number; enabledMechanisms: string[] };
type LoginAnswer = { errorCode: number; errorMessage: string | null; authBytes: Buffer; sessionLifetimeMs?: string };

type Mechanisms = {
  [M in Sasl['mechanism']]: {
    run(exchange: Exchange, sasl: Extract<Sasl, { mechanism: M }>): Promise<void>;
    /** What to do about a refusal. */
    fix: string;
  };
};

const MECHANISMS: Mechanisms = {
  plain: { run: loginPlain, fix: 'check user and password, and the mechanism' },
  'scram-sha-256': { run: loginScram, fix: 'check user and password, and that the user has any for this mechanism' },
  'scram-sha-512': { run: loginScram, fix: 'check user and password, and that the user has any for this mechanism' },
  oauthbearer: { run: loginWithToken, fix: 'check that the token is meant for this cluster and has not expired' },
};

/** How connections log in with these settings. Rejects with a fault that names broker, mechanism and user. */
export function createLogin(sasl: Sasl): Login {
  return {
    async login(connection, versions) {
      // kafkajs hands in nothing else.
      const to = connection as LoginConnection;
      const ask = asker(to, versions);
      const mechanism = sasl.mechanism.toUpperCase();
      await shakeHands(ask, to.broker, mechanism);
      let lifetimeMs = 0;
      const exchange: Exchange = async (message) => {
        const answer = await say(ask, message);
        lifetimeMs = Number(answer.sessionLifetimeMs ?? 0);
        return answer.authBytes.subarray(4);
      };
      try {
        await MECHANISMS[sasl.mechanism].run(exchange, sasl as never);
      } catch (thrown) {
        throw asRefusal(thrown, sasl, `${to.broker} does not accept ${whoIs(sasl)} by SASL ${mechanism}`);
      }
      return lifetimeMs;
    },
  };
}

function asker(connection: LoginConnection, versions: object): Ask {
  const find = lookup(versions);
  return async (api, args) => {
    const key = apiKeys[api];
    const definition = requests[api];
    if (key === undefined || !definition) throw new Error(`kafkajs has no ${api}`);
    const { request, response } = supported(() => find(key, definition), connection.broker)(args);
    const lenient: Call = {
      request,
      response: { decode: response.decode, parse: async (decoded: unknown) => decoded },
    };
    return await connection.send(lenient);
  };
}

/** A broker that does not know the request at all has no SASL on any listener, or is older than Kafka 1.0. */
function supported<T>(look: () => T, broker: string): T {
  try {
    return look();
  } catch (cause) {
    throw new KafkaFault(noSasl(broker), { cause });
  }
}

function noSasl(broker: string): Fault {
  const sentence = `${broker} asks for no user: this listener has no SASL`;
  return { ...faultOfCode(ILLEGAL_STATE), sentence, fix: 'leave the user out, or dial a listener with SASL' };
}

const UNSUPPORTED_MECHANISM = 33;
const ILLEGAL_STATE = 34;

/** Agrees on the mechanism. */
async function shakeHands(ask: Ask, broker: string, mechanism: string): Promise<void> {
  const { errorCode, enabledMechanisms } = (await ask('SaslHandshake', { mechanism })) as HandshakeAnswer;
  if (errorCode === 0) return;
  const fault = faultOfCode(errorCode, broker);
  if (errorCode === UNSUPPORTED_MECHANISM) {
    const known = enabledMechanisms.join(', ') || 'no other either';
    const sentence = `${broker} does not know SASL ${mechanism}, but ${known}`;
    throw new KafkaFault({ ...fault, sentence, fix: 'choose one that it knows' });
  }
  throw new KafkaFault(errorCode === ILLEGAL_STATE ? noSasl(broker) : fault);
}

/** One message of the mechanism and its answer. */
async function say(ask: Ask, message: Buffer): Promise<LoginAnswer> {
  // kafkajs's codec carries messages with their size before them, as they lay on the wire before Kafka 1.0.
  const authBytes = Buffer.alloc(4 + message.length);
  authBytes.writeInt32BE(message.length);
  message.copy(authBytes, 4);
  const answer = (await ask('SaslAuthenticate', { authBytes })) as LoginAnswer;
  if (answer.errorCode === 0) return answer;
  const fault = faultOfCode(answer.errorCode);
  throw new KafkaFault(answer.errorMessage ? { ...fault, sentence: answer.errorMessage } : fault);
}

/** What the broker or the mechanism has against us; a connection that broke stays what it is. */
function asRefusal(thrown: unknown, sasl: Sasl, sentence: string): unknown {
  const fault = faultOf(thrown);
  if (!(thrown instanceof Error) || (fault && fault.code !== CODE.SASL_AUTHENTICATION_FAILED)) return thrown;
  const reason = withoutSecrets(fault?.sentence ?? thrown.message, sasl);
  const refusal = faultOfCode(CODE.SASL_AUTHENTICATION_FAILED);
  return new KafkaFault({ ...refusal, sentence: `${sentence} (${reason})`, fix: MECHANISMS[sasl.mechanism].fix });
}

function whoIs(sasl: Sasl): string {
  return sasl.mechanism === 'oauthbearer' ? 'our token' : `user "${sasl.username}" with this password`;
}

/** A broker may repeat to us what we said to it: that must get into no log. */
function withoutSecrets(text: string, sasl: Sasl): string {
  const secret = sasl.mechanism === 'oauthbearer' ? sasl.token : sasl.password;
  return secret ? text.replaceAll(secret, '…') : text;
}
