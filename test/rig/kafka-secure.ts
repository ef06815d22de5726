import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Right, rule } from './kafka-acls.ts';
import { type Authority, type Certificate, createAuthority } from './kafka-certificates.ts';
import { type KafkaNodes, startNodes } from './kafka-nodes.ts';

/** Somebody whom the cluster knows, by PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512 alike. */
export type User = { name: string; password: string };

/**
 * Who is there: `admin` may everything, `lunch` what a pipeline needs (topics and groups of any name, nothing on the
 * cluster), `reader` may read and describe only, `nobody` has no right at all.
 */
export const USERS = {
  admin: { name: 'admin', password: 'Adm1n-se%cret_xyzzy' },
  lunch: { name: 'lunch', password: 'Lunch-se%cret_plugh' },
  reader: { name: 'reader', password: 'Reader-se%cret_frotz' },
  nobody: { name: 'nobody', password: 'Nobody-se%cret_gnusto' },
} as const satisfies Record<string, User>;

/** What a whole pipeline needs. */
export const PIPELINE_RIGHTS: readonly Right[] = [
  { topic: '*', operations: ['READ', 'WRITE', 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS'] },
  { group: '*', operations: ['READ', 'DESCRIBE'] },
];

/** What watching a pipeline needs. */
export const READER_RIGHTS: readonly Right[] = [
  { topic: '*', operations: ['READ', 'DESCRIBE'] },
  { group: '*', operations: ['DESCRIBE'] },
];

export type SecureOptions = {
  /** 1 or 3. */
  nodes: number;
  /** Connections must log in again after so long (connections.max.reauth.ms); never, if not said. */
  reauthMs?: number;
  /** Settings of every node besides. */
  settings?: Record<string, string | number>;
  /** Goes before Kafka's jars on the class path. */
  classes?: string;
};

/** A real Apache Kafka behind TLS, passwords and permissions, on this machine. */
export type SecureKafka = Pick<KafkaNodes, 'killNode' | 'startNode' | 'close' | 'folder'> & {
  /** `127.0.0.1:port` of every node: TLS with a user by PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER. */
  readonly addresses: string[];
  /** The same nodes where a client certificate is demanded; its common name is the user. */
  readonly certificateAddresses: string[];
  /** The same nodes in plain text, where everybody may everything: for whoever sets up or looks on. */
  readonly openAddresses: string[];
  /** The certificate of the authority that signed those of the nodes, as PEM; `caFile` holds it. */
  readonly ca: string;
  readonly caFile: string;
  /** The authority itself, and client certificates that it gives out. */
  readonly authority: Authority;
  certificateOf(user: string): Certificate;
  /** An OAUTHBEARER token for a user (unsecured JWS, as Kafka's default validator takes it), good for so long (1 h). */
  tokenOf(user: string, forSeconds?: number): string;
  /** A client properties file for Kafka's own tools and --command-config: SASL_SSL as this user. */
  propertiesOf(user: User, mechanism?: string): string;
  /** Gives rights to a user; resolves when every node applies them. */
  grant(user: string, rights: readonly Right[]): Promise<void>;
  /** Denies them, whatever else gives them. */
  deny(user: string, rights: readonly Right[]): Promise<void>;
};

const PREFIX = 'org.apache.kafka.common.security';

/** Everything that nodes need for TLS, as PEM files in `folder`. */
function tlsSettings(folder: string, authority: Authority) {
  const { cert, key } = authority.issue({ name: 'broker', hosts: ['localhost', '127.0.0.1'] });
  writeFileSync(join(folder, 'ca.pem'), authority.ca);
  writeFileSync(join(folder, 'broker.pem'), key + cert);
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': join(folder, 'broker.pem'),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': join(folder, 'ca.pem'),
    'listener.name.cert.ssl.client.auth': 'required',
    'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/,DEFAULT',
  };
}

function saslSettings() {
  const jaas = (mechanism: string) => `listener.name.sasl_ssl.${mechanism}.sasl.jaas.config`;
  const known = Object.values(USERS).map(({ name, password }) => `user_${name}="${password}"`);
  return {
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
    [jaas('plain')]: `${PREFIX}.plain.PlainLoginModule required ${known.join(' ')};`,
    [jaas('scram-sha-256')]: `${PREFIX}.scram.ScramLoginModule required;`,
    [jaas('scram-sha-512')]: `${PREFIX}.scram.ScramLoginModule required;`,
    [jaas('oauthbearer')]:
      `${PREFIX}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
  };
}

const ACL_SETTINGS = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  // In plain text, which no test's client uses, everybody may everything: brokers among themselves, and who sets up.
  'super.users': 'User:ANONYMOUS;User:admin',
};

function scramUsers(): string[] {
  return Object.values(USERS).flatMap(({ name, password }) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${name},password=${password}]`,
    ]),
  );
}

/** An unsecured JWS: no signature, so that no identity provider is needed. */
export function unsecuredToken(user: string, forSeconds = 3_600): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const now = Math.floor(Date.now() / 1_000);
  return `${part({ alg: 'none' })}.${part({ sub: user, iat: now - 1, exp: now + forSeconds })}.`;
}

function clientProperties({ name, password }: User, mechanism: string, caFile: string): string {
  const isScram = mechanism.startsWith('SCRAM');
  const module = isScram ? `${PREFIX}.scram.ScramLoginModule` : `${PREFIX}.plain.PlainLoginModule`;
  return [
    'security.protocol=SASL_SSL',
    `sasl.mechanism=${mechanism}`,
    `sasl.jaas.config=${module} required username="${name}" password="${password}";`,
    'ssl.truststore.type=PEM',
    `ssl.truststore.location=${caFile}`,
    '',
  ].join('\n');
}

/**
 * Starts Apache Kafka with TLS, SASL and ACLs. On two busy cores one node takes up to 20 s, three up to 30 s (400 MB each). Whoever
 * wants only the way in (a chaos test, say) takes `addresses`, `ca` and `USERS.lunch`, or `propertiesOf(USERS.lunch)`.
 */
export async function startSecureKafka({ nodes, reauthMs, settings, classes }: SecureOptions): Promise<SecureKafka> {
  const authority = createAuthority();
  let tls: Record<string, string> | undefined;
  const kafka = await startNodes(nodes, {
    listeners: { OPEN: 'PLAINTEXT', SASL_SSL: 'SASL_SSL', CERT: 'SSL' },
    settings(folder) {
      tls ??= tlsSettings(folder, authority);
      const reauth = reauthMs === undefined ? {} : { 'connections.max.reauth.ms': reauthMs };
      return { ...tls, ...saslSettings(), ...ACL_SETTINGS, ...reauth, ...settings };
    },
    format: scramUsers(),
    ...(classes ? { classes } : {}),
  });
  const { folder, addresses, killNode, startNode, close } = kafka;
  const openAddresses = addresses['OPEN'] ?? [];
  const caFile = join(folder, 'ca.pem');
  const secure: SecureKafka = {
    folder,
    addresses: addresses['SASL_SSL'] ?? [],
    certificateAddresses: addresses['CERT'] ?? [],
    openAddresses,
    ca: authority.ca,
    caFile,
    authority,
    certificateOf: (user) => authority.issue({ name: user }),
    tokenOf: unsecuredToken,
    propertiesOf(user, mechanism = 'SCRAM-SHA-512') {
      const file = join(folder, `${user.name}-${mechanism}.properties`);
      writeFileSync(file, clientProperties(user, mechanism, caFile), { mode: 0o600 });
      return file;
    },
    grant: (user, rights) => rule(openAddresses, 'ALLOW', user, rights),
    deny: (user, rights) => rule(openAddresses, 'DENY', user, rights),
    killNode,
    startNode,
    close,
  };
  await secure.grant(USERS.lunch.name, PIPELINE_RIGHTS);
  await secure.grant(USERS.reader.name, READER_RIGHTS);
  return secure;
}
