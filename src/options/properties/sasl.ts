import { fileURLToPath } from 'node:url';
import { JAAS, type Properties } from './account.ts';
import { JaasFault, type LoginModule, readJaas } from './jaas.ts';
import type { PropertyName } from './keys.ts';

/** Mechanisms that we know, with the login module of each. */
const MODULES: Record<string, string> = {
  PLAIN: 'PlainLoginModule',
  'SCRAM-SHA-256': 'ScramLoginModule',
  'SCRAM-SHA-512': 'ScramLoginModule',
  OAUTHBEARER: 'OAuthBearerLoginModule',
};

const MECHANISM = 'sasl.mechanism';
const ENDPOINT = 'sasl.oauthbearer.token.endpoint.url';

/** Who a Java client is: `sasl.*`. Throws OPTIONS_WRONG, never with anything of a login module but known names. */
export function readSasl(properties: Properties): void {
  const mechanism = (properties.get(MECHANISM) ?? 'GSSAPI').toUpperCase();
  const known = Object.keys(MODULES).join(', ');
  const wanted = Object.hasOwn(MODULES, mechanism) ? MODULES[mechanism] : undefined;
  if (wanted === undefined) {
    const which = properties.get(MECHANISM) === undefined ? 'is not set, which means Kerberos, and ' : '';
    throw properties.fault(MECHANISM, `${which}has to be one of ${known}`);
  }
  properties.say('sasl', mechanism, MECHANISM);
  const module = moduleOf(properties);
  if (module && module.className.split('.').at(-1) !== wanted) {
    throw properties.fault(JAAS, `has to name the login module of ${mechanism}: ${wanted}`);
  }
  if (mechanism === 'OAUTHBEARER') {
    readOauth(module, properties);
    return;
  }
  if (module?.options['tokenauth']?.toLowerCase() === 'true') {
    throw properties.fault(JAAS, 'has a delegation token (tokenauth), which is not supported', 'log in as a user');
  }
  properties.say('saslUsername', module?.options['username'], JAAS);
  properties.say('saslPassword', module?.options['password'], JAAS);
}

function moduleOf(properties: Properties): LoginModule | undefined {
  const text = properties.get(JAAS);
  if (text === undefined) return undefined;
  try {
    return readJaas(text);
  } catch (error) {
    if (error instanceof JaasFault) throw properties.fault(JAAS, `is wrong: ${error.message}`);
    throw error;
  }
}

/** Tokens by client credentials, or from a file. */
function readOauth(module: LoginModule | undefined, properties: Properties): void {
  const options = module?.options ?? {};
  if (Object.keys(options).some((name) => name.startsWith('unsecuredLogin'))) {
    throw properties.fault(
      JAAS,
      'wants tokens without signature, which are not made here',
      'put a token into a file, and name that with --oauth-token-file',
    );
  }
  const credentials = 'sasl.oauthbearer.client.credentials';
  const either = (name: string, key: PropertyName) => {
    const newer = properties.get(key);
    return [options[name] ?? newer, options[name] === undefined ? key : JAAS] as const;
  };
  properties.say('oauthClientId', ...either('clientId', `${credentials}.client.id`));
  properties.say('oauthClientSecret', ...either('clientSecret', `${credentials}.client.secret`));
  properties.say('oauthScope', ...either('scope', 'sasl.oauthbearer.scope'));
  properties.get('sasl.login.callback.handler.class');
  const url = properties.get(ENDPOINT);
  if (url !== undefined) readEndpoint(url, properties);
}

function readEndpoint(text: string, properties: Properties): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username || url?.password) {
    throw properties.fault(ENDPOINT, `holds a password: give clientId and clientSecret in ${JAAS}`);
  }
  if (url?.protocol === 'file:' && url.host === '') {
    properties.say('oauthTokenFile', fileURLToPath(url), ENDPOINT);
  } else if (url?.protocol === 'https:' || url?.protocol === 'http:') {
    properties.say('oauthEndpoint', text, ENDPOINT);
  } else {
    throw properties.fault(ENDPOINT, 'has to be an address with https://, or a file with file:///');
  }
}
