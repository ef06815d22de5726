/**
 * TLS, with Node's names for its settings: PEM texts, `pfx` in base64. An empty object means TLS by the authorities that
 * Node knows.
 */
export type Tls = {
  /** Authorities to be trusted in place of the known ones. */
  ca?: string;
  cert?: string;
  key?: string;
  /** Of `key` or `pfx`. */
  passphrase?: string;
  pfx?: string;
  /** Name that the certificate must hold; absent: the host that is dialled. */
  servername?: string;
  rejectUnauthorized?: boolean;
  /** False: the certificate may be for another host; its authority is checked all the same. */
  checkHostname?: boolean;
};

/** A user known by a password. */
export type PasswordLogin = {
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  username: string;
  password: string;
};

/** A user known by a token: one of the three says where it comes from. */
export type TokenLogin = {
  mechanism: 'oauthbearer';
  token?: string;
  /** Read anew at every login, so that whoever renews the file renews us. */
  tokenFile?: string;
  endpoint?: TokenEndpoint;
};

/** An identity provider that gives tokens for client credentials (RFC 6749, section 4.4). */
export type TokenEndpoint = { url: string; clientId: string; clientSecret: string; scope?: string };

export type Sasl = PasswordLogin | TokenLogin;
