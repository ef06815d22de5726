import type { RawRequest } from '../../kafka/wire/raw.ts';
import { Reader, Writer } from './bytes.ts';

/** How a broker lets people log in. */
export type Mechanisms = { errorCode: number; mechanisms: string[] };

export const SASL_HANDSHAKE = { key: 17, version: 1 } as const;

/** Names a mechanism; the answer lists those that are known, whether or not it is one of them. Nobody is logged in. */
export function saslHandshakeRequest(mechanism: string): RawRequest {
  const body = new Writer().string(mechanism).bytes();
  return { ...SASL_HANDSHAKE, name: 'SaslHandshake', flexible: false, body };
}

/** Reads the answer. */
export function readMechanisms(bytes: Buffer): Mechanisms {
  const reader = new Reader(bytes);
  return { errorCode: reader.int16(), mechanisms: reader.list(() => reader.string()) };
}
