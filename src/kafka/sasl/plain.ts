import type { PasswordLogin } from '../security.ts';
import type { Exchange } from './exchange.ts';

/** Says user and password as they are (RFC 4616): only TLS keeps them secret. */
export async function loginPlain(exchange: Exchange, { username, password }: PasswordLogin): Promise<void> {
  await exchange(Buffer.from(`\0${username}\0${password}`));
}
