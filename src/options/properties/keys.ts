/** The properties of a Java client that are read, and what is made of them. */
export const PROPERTIES = {
  'bootstrap.servers': 'addresses',
  'security.protocol':
    '`PLAINTEXT`, `SSL`, `SASL_PLAINTEXT` or `SASL_SSL`; without it all of `ssl.*` and `sasl.*` has no effect, as in Kafka',
  'ssl.truststore.type': '`PEM`; the forms that only Java reads are refused with the command that makes PEM of them',
  'ssl.truststore.location': 'authorities, a PEM file',
  'ssl.truststore.certificates': 'authorities, as PEM in place',
  'ssl.truststore.password': 'not needed for PEM',
  'ssl.keystore.type': '`PEM` or `PKCS12`; JKS is refused with the command that makes PEM of it',
  'ssl.keystore.location': 'our certificate and its key, one PEM or PKCS12 file',
  'ssl.keystore.password': 'opens a PKCS12 file',
  'ssl.keystore.certificate.chain': 'our certificate, as PEM in place',
  'ssl.keystore.key': 'its key, as PEM in place',
  'ssl.key.password': 'opens a PEM key',
  'ssl.endpoint.identification.algorithm': 'empty: certificates for other host names are taken',
  'sasl.mechanism': '`PLAIN`, `SCRAM-SHA-256`, `SCRAM-SHA-512` or `OAUTHBEARER`',
  'sasl.jaas.config':
    'the login module of that mechanism with `username` and `password`, or `clientId`, `clientSecret` and `scope`',
  'sasl.oauthbearer.token.endpoint.url':
    'where tokens are fetched by client credentials, or a file with one (`file:///…`)',
  'sasl.oauthbearer.client.credentials.client.id': 'in place of `clientId`',
  'sasl.oauthbearer.client.credentials.client.secret': 'in place of `clientSecret`',
  'sasl.oauthbearer.scope': 'in place of `scope`',
  'sasl.login.callback.handler.class': 'not needed',
} as const;

/** The name of one of them. */
export type PropertyName = keyof typeof PROPERTIES;
