/**
 * Why a connection did not come about: whether trying again can help, a sentence, and what to do about it. `where` is the
 * address, `detail` what the certificate or the other side says.
 */
export type ConnectionRow = { retriable: boolean; sentence(where: string, detail: string): string; fix?: string };

const UNKNOWN_AUTHORITY: ConnectionRow = {
  retriable: false,
  sentence: (where) => `the certificate of ${where} is signed by an authority that is not known here`,
  fix: 'give the certificate of that authority with --tls-ca FILE',
};
const SELF_SIGNED: ConnectionRow = {
  retriable: false,
  sentence: (where) => `the certificate of ${where} is self-signed`,
  fix: 'give that certificate itself with --tls-ca FILE',
};
const CUT: ConnectionRow = {
  retriable: true,
  sentence: (where) => `${where} cut the connection`,
  fix: 'see its log; it may want TLS (--tls), a user (--sasl) or another client certificate',
};
const NO_WAY: ConnectionRow = { retriable: true, sentence: (where) => `there is no way to ${where}` };

/** Rows by Node's code of a system or TLS error, or by one of those that `explain` gives. */
export const CONNECTION_ROWS: Readonly<Record<string, ConnectionRow>> = {
  ECONNREFUSED: { retriable: true, sentence: (where) => `nothing listens at ${where}` },
  ECONNRESET: CUT,
  EPIPE: CUT,
  ENOTFOUND: {
    retriable: true,
    sentence: (where) => `the name in ${where} is not known`,
    fix: 'check how the host is written, and the network',
  },
  EAI_AGAIN: { retriable: true, sentence: (where) => `the name in ${where} cannot be looked up at the moment` },
  EHOSTUNREACH: NO_WAY,
  ENETUNREACH: NO_WAY,
  ETIMEDOUT: { retriable: true, sentence: (where) => `${where} does not answer` },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_AUTHORITY,
  DEPTH_ZERO_SELF_SIGNED_CERT: SELF_SIGNED,
  CERT_SIGNATURE_FAILURE: UNKNOWN_AUTHORITY,
  CERT_HAS_EXPIRED: {
    retriable: false,
    sentence: (where) => `the certificate of ${where} has expired`,
    fix: 'have it renewed; if it should hold, the clock of this machine is wrong',
  },
  CERT_NOT_YET_VALID: {
    retriable: false,
    sentence: (where) => `the certificate of ${where} does not hold yet`,
    fix: 'check the clock of this machine',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    retriable: false,
    sentence: (where, detail) => `the certificate of ${where} is for ${detail || 'another name'}`,
    fix: 'dial the broker by a name that its certificate holds, or give that name with --tls-servername',
  },
  CLIENT_CERTIFICATE_WANTED: {
    retriable: false,
    sentence: (where) => `${where} demands a client certificate`,
    fix: 'give one with --tls-cert FILE --tls-key FILE, or dial another listener',
  },
  CLIENT_CERTIFICATE_REFUSED: {
    retriable: false,
    sentence: (where, detail) => `${where} does not accept our client certificate${detail && ` (${detail})`}`,
    fix: 'use one that an authority of this cluster has signed and that has not expired',
  },
  TLS_REFUSED: {
    retriable: false,
    sentence: (where, detail) => `${where} breaks off the TLS handshake${detail && ` (${detail})`}`,
    fix: 'check its TLS versions and ciphers, and whether it demands a client certificate (--tls-cert)',
  },
  TLS_CUT: {
    retriable: true,
    sentence: (where) => `${where} cut the connection during the TLS handshake`,
    fix: 'if this listener is in plain text, leave out --tls or dial another one',
  },
  NOT_TLS: {
    retriable: false,
    sentence: (where) => `${where} does not speak TLS`,
    fix: 'leave out --tls, or dial the port of a listener with TLS',
  },
  TLS_WANTED: {
    retriable: false,
    sentence: (where) => `${where} speaks TLS, and we do not`,
    fix: 'add --tls, and --tls-ca FILE for an authority of your own',
  },
  NOT_KAFKA: {
    retriable: false,
    sentence: (where) => `what listens at ${where} is not Kafka`,
    fix: 'check the port',
  },
};
