import type { Security } from '../options.ts';
import { defined } from './defined.ts';
import { readText } from './files.ts';
import type { Given } from './given.ts';
import { refuse } from './refuse.ts';
import { secretOf } from './secret-file.ts';
import { placeOfSecret } from './secrets.ts';

type Sasl = NonNullable<Security['sasl']>;

/** Who we are, undefined where nobody says. Throws OPTIONS_WRONG where a part is missing. */
export function saslOf(given: Given): Sasl | undefined {
  const { settings, said } = given;
  const mechanism = settings.sasl;
  if (mechanism === undefined) {
    const stray = (['saslUsername', 'saslPasswordFile', 'oauthTokenFile'] as const).find(
      (name) => said[name]?.source === 'argv',
    );
    if (stray) throw refuse(`${said[stray]?.says} needs a mechanism: add --sasl`);
    return undefined;
  }
  if (mechanism === 'oauthbearer') return { mechanism, ...tokenSource(given) };
  const username = settings.saslUsername;
  if (username === undefined) throw refuse(`SASL ${mechanism} (${said.sasl?.says}) needs a user: add --sasl-username`);
  const password = secretOf('saslPassword', 'saslPasswordFile', given);
  if (password === undefined) throw lacking(`a password for ${username}`, 'saslPassword', given);
  return { mechanism, username, password };
}

/** The token, its file, or where it is fetched: whichever was said first. */
function tokenSource(given: Given): Omit<Extract<Sasl, { mechanism: 'oauthbearer' }>, 'mechanism'> {
  const { settings, said } = given;
  const [first, second] = (['oauthToken', 'oauthTokenFile', 'oauthEndpoint'] as const)
    .flatMap((name) => said[name] ?? [])
    .toSorted((a, b) => a.rank - b.rank);
  if (first === undefined) throw lacking('a token', 'oauthToken', given);
  if (first.rank === second?.rank) throw refuse(`${first.says} and ${second.says} exclude each other`);
  if (first === said.oauthToken) return defined({ token: settings.oauthToken });
  if (first === said.oauthTokenFile) {
    const tokenFile = settings.oauthTokenFile ?? '';
    if (readText(tokenFile, first.says).trim() === '') throw refuse(`${first.says}: ${tokenFile} is empty`);
    return { tokenFile };
  }
  return { endpoint: endpointOf(given, first.says) };
}

function endpointOf({ settings }: Given, says: string) {
  const { oauthEndpoint: url = '', oauthClientId: clientId, oauthClientSecret: clientSecret, oauthScope } = settings;
  if (clientId === undefined || clientSecret === undefined) {
    throw refuse(`${says} needs a clientId and a clientSecret in sasl.jaas.config`);
  }
  return { url, clientId, clientSecret, ...defined({ scope: oauthScope }) };
}

function lacking(what: string, name: 'saslPassword' | 'oauthToken', { settings, said }: Given) {
  return refuse(`SASL ${settings.sasl} (${said.sasl?.says}) needs ${what}`, `put it into ${placeOfSecret(name)}`);
}
