import { z } from 'zod';
import { onOff, onOrOff, setting, someText, variableOf } from '../setting.ts';

const MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'] as const;

function pemFile(option: `--${string}`, help: string) {
  return setting({
    option,
    value: '<FILE>',
    help,
    variables: [{ name: variableOf(option) }],
    json: 'text',
    is: 'a file in PEM form',
    schema: someText,
    completes: 'file',
  });
}

function secretFile(option: `--${string}`, help: string) {
  return setting({
    option,
    value: '<FILE>',
    help,
    variables: [{ name: variableOf(option) }],
    json: 'text',
    is: 'a file',
    schema: someText,
    completes: 'file',
  });
}

function secret(variable: string, help: string) {
  const variables = [{ name: variable }];
  return setting({ help, variables, is: 'a text', schema: someText, secret: true });
}

/** What only a Java client's properties file can say. */
function ofProperties(help: string) {
  return setting({ help, variables: [], is: 'a text', schema: someText });
}

/** How a cluster is entered. */
export const securitySettings = {
  tls: onOff(
    '--tls',
    'encrypt; the certificate of a broker is checked against the authorities of Node, or of --tls-ca',
  ),
  tlsCa: pemFile('--tls-ca', 'certificates of the authorities that brokers are checked against (PEM)'),
  tlsCert: pemFile('--tls-cert', 'our own certificate, and those between it and its authority (PEM)'),
  tlsKey: pemFile('--tls-key', 'the private key of our certificate (PEM)'),
  tlsKeyPassword: secret('LUNCHRUSH_TLS_KEY_PASSWORD', 'opens the private key'),
  tlsServername: setting({
    option: '--tls-servername',
    value: '<NAME>',
    help: "the host name that the brokers' certificates are for, where it is not that of their addresses",
    variables: [{ name: 'LUNCHRUSH_TLS_SERVERNAME' }],
    json: 'text',
    is: 'a host name',
    schema: z.string().regex(/^[\w.-]{1,253}$/),
  }),
  tlsKeystore: ofProperties('certificate and key in one PKCS12 file'),
  tlsCheckHostname: setting({
    help: 'a certificate is only taken from the host that it is for',
    variables: [],
    is: 'true or false',
    schema: onOrOff,
    fallback: 'yes',
  }),
  sasl: setting({
    option: '--sasl',
    value: '<MECHANISM>',
    help: `who we are: ${MECHANISMS.join(', ')}`,
    variables: [{ name: 'LUNCHRUSH_SASL' }],
    json: 'text',
    is: `one of ${MECHANISMS.join(', ')}`,
    schema: z
      .string()
      .transform((text) => text.toLowerCase())
      .pipe(z.enum(MECHANISMS)),
    completes: MECHANISMS,
  }),
  saslUsername: setting({
    option: '--sasl-username',
    value: '<NAME>',
    help: 'the user, for plain and scram',
    variables: [{ name: 'LUNCHRUSH_SASL_USERNAME' }],
    json: 'text',
    is: 'a name',
    schema: someText,
  }),
  saslPassword: secret('LUNCHRUSH_SASL_PASSWORD', 'the password, for plain and scram'),
  saslPasswordFile: secretFile('--sasl-password-file', 'a file with the password, on one line'),
  oauthToken: secret('LUNCHRUSH_OAUTH_TOKEN', 'the token, for oauthbearer'),
  oauthTokenFile: secretFile('--oauth-token-file', 'a file with the token, read anew whenever it is needed'),
  oauthEndpoint: ofProperties('where tokens are fetched'),
  oauthClientId: ofProperties('for whom tokens are fetched'),
  oauthClientSecret: setting({ ...ofProperties('what tokens are fetched with'), secret: true }),
  oauthScope: ofProperties('what tokens are fetched for'),
};
