/** Bytes that no request of the protocol can have; the connection that sent them is closed, as Kafka does. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}
