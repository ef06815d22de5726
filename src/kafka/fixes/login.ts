import { replaceModule } from './replace-module.ts';
import { load } from './version.ts';

/**
 * What a connection's `sasl` must hold: how to log it in, in the API versions that the broker speaks. Resolves with the
 * life of the session in milliseconds, 0 for one without end.
 */
export type Login = { login(connection: object, versions: object): Promise<number> };

/** Lets `sasl` itself log in, in the place of kafkajs's authenticator with its mechanisms. */
export class LoginBySettings {
  /** As kafkajs reads it. */
  sessionLifetime = '0';
  readonly #connection: { sasl: Login };
  readonly #versions: object;

  constructor(connection: { sasl: Login }, _logger: unknown, versions: object) {
    this.#connection = connection;
    this.#versions = versions;
  }

  async authenticate(): Promise<void> {
    const lifetimeMs = await this.#connection.sasl.login(this.#connection, this.#versions);
    this.sessionLifetime = String(renewedInTime(lifetimeMs));
  }
}

/** kafkajs logs in again when a session has so much or less left, ms. */
const KAFKAJS_THRESHOLD_MS = 10_000;
/** Java's clients log in again after 85 to 95 % of a session's life (KIP-368). */
const USED_SHARE = 0.85;

/**
 * The life of a session as kafkajs is to see it. Ten seconds before the end, when it would renew, is before the beginning
 * of a short one: it would log in before every request, and a broker cuts those that do so more than once a second.
 */
function renewedInTime(lifetimeMs: number): number {
  return lifetimeMs === 0 ? 0 : Math.ceil(Math.max(lifetimeMs, lifetimeMs * USED_SHARE + KAFKAJS_THRESHOLD_MS));
}

/**
 * Replaces kafkajs's authenticator. That one writes a function into the settings, which then cross no thread wall; calls
 * a connection that broke during the login a wrong password; takes a refused token for a good one; and does not say
 * which mechanisms the broker knows.
 */
export function fixLogin(): void {
  if (load.cache[load.resolve('kafkajs/src/network/connection')]) throw new Error('connections log in by themselves');
  replaceModule('kafkajs/src/broker/saslAuthenticator', LoginBySettings);
}
