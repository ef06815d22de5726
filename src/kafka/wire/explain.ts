import type { Socket } from 'node:net';

type SocketError = Error & { code?: string; cert?: { subjectaltname?: string } };

/** What was dialled, as far as a failure of it has to do with it. */
export type Dialled = { tls: boolean; hasCertificate: boolean };

/** Alerts by which the other side says that it does not like our certificate, or that there is none (RFC 8446, section 6). */
const ABOUT_OUR_CERTIFICATE =
  /ALERT_(BAD_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)$/;
const NOT_TLS = /WRONG_VERSION_NUMBER|UNKNOWN_PROTOCOL|PACKET_LENGTH_TOO_LONG|INVALID_RECORD|RECORD_OVERFLOW/;

/** OpenSSL calls an alert by the version that brought it in, as in ERR_SSL_TLSV1_ALERT_UNKNOWN_CA. */
function codeOf({ code = '', message }: SocketError, { tls, hasCertificate }: Dialled): string {
  if (!tls) return code;
  if (message.includes('before secure TLS connection')) return 'TLS_CUT';
  if (ABOUT_OUR_CERTIFICATE.test(code)) {
    return hasCertificate ? 'CLIENT_CERTIFICATE_REFUSED' : 'CLIENT_CERTIFICATE_WANTED';
  }
  if (NOT_TLS.test(code) || NOT_TLS.test(message.toUpperCase().replaceAll(' ', '_'))) return 'NOT_TLS';
  return code.startsWith('ERR_SSL') || code === 'EPROTO' ? 'TLS_REFUSED' : code;
}

const withoutKinds = (names: string) => names.replaceAll(/(DNS|IP Address):/g, '');

/** What the row's sentence adds, by code. */
const DETAILS: Readonly<Record<string, (error: SocketError, code: string) => string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: ({ cert }) => withoutKinds(cert?.subjectaltname ?? ''),
  CLIENT_CERTIFICATE_REFUSED: (_, code) => alertIn(code),
  TLS_REFUSED: (_, code) => alertIn(code),
};

function alertIn(code: string): string {
  const words = code
    .replace(/^ERR_SSL_/, '')
    .replace(/^(SSLV3|TLSV1|TLSV13|TLSV11|TLSV12)_/, '')
    .replace(/^ALERT_/, '');
  return words.toLowerCase().replaceAll('_', ' ');
}

/** First bytes of a TLS record: alert or handshake, and the major version (RFC 8446, section 5.1). */
function looksLikeTls(bytes: Buffer): boolean {
  return (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3;
}

/** An answer of Kafka begins with its size, which is far below 16 MB for the first one. */
function looksLikeKafka(bytes: Buffer): boolean {
  return bytes[0] === 0;
}

function refuseStrangers(socket: Socket): void {
  socket.once('data', (bytes: Buffer) => {
    if (looksLikeKafka(bytes)) return;
    const code = looksLikeTls(bytes) ? 'TLS_WANTED' : 'NOT_KAFKA';
    socket.destroy(Object.assign(new Error(''), { code }));
  });
}

/**
 * Gives every error of a socket the code of a row in `connection-rows.ts` and that row's detail as message, before
 * kafkajs hears it: kafkajs keeps no more of an error than those two.
 */
export function explainErrors(socket: Socket, dialled: Dialled): void {
  refuseStrangers(socket);
  socket.on('error', (error: SocketError) => {
    const written = error.code ?? '';
    const code = codeOf(error, dialled);
    error.code = code;
    const detail = DETAILS[code];
    if (detail) error.message = detail(error, written);
  });
}
