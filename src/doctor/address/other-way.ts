import { apiVersionsRequest, readApiVersions } from '../wire/api-versions.ts';
import { dialTls } from '../wire/dial.ts';
import { openWire } from '../wire/wire.ts';
import type { Entry } from './entry.ts';

/** Whoever speaks the other language answers soon: it gets half the time. */
function shortly({ patienceMs }: Entry, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(patienceMs / 2)]);
}

/** Whether a Kafka answers there in plain text. */
export async function speaksPlainly(entry: Entry, signal: AbortSignal): Promise<boolean> {
  const patience = shortly(entry, signal);
  const wire = await openWire(entry.address, patience).catch(() => undefined);
  try {
    const answer = await wire?.ask(apiVersionsRequest(0), patience);
    return answer !== undefined && readApiVersions(answer, 0) !== undefined;
  } catch {
    return false;
  } finally {
    wire?.close();
  }
}

/** Whether somebody shakes hands in TLS there, with whatever certificate; the connection is for nothing else. */
export async function speaksTls(entry: Entry, signal: AbortSignal): Promise<boolean> {
  const patience = shortly(entry, signal);
  const socket = await dialTls(entry.address, patience, { rejectUnauthorized: false, hasCertificate: false }).catch(
    () => undefined,
  );
  socket?.destroy();
  return socket !== undefined;
}
