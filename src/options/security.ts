import type { Security } from '../options.ts';
import { defined } from './defined.ts';
import type { Given } from './given.ts';
import { saslOf } from './sasl.ts';
import { tlsOf } from './tls.ts';

/** How the cluster is entered, as the settings say, and notes about what is risky. Throws OPTIONS_WRONG. */
export function securityOf(given: Given): { security?: Security; notes: string[] } {
  const ssl = tlsOf(given);
  const sasl = saslOf(given);
  if (!ssl && !sasl) return { notes: [] };
  const open = !ssl && (sasl?.mechanism === 'plain' || sasl?.mechanism === 'oauthbearer');
  const secret = sasl?.mechanism === 'plain' ? 'password' : 'token';
  const notes = open ? [`the ${secret} goes over the network as it is: add --tls if the cluster takes it`] : [];
  return { security: defined({ ssl, sasl }), notes };
}
