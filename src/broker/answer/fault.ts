import { ERRORS, type ErrorCode } from '../protocol/errors.ts';
import type { Store } from './store.ts';

/** Why something cannot be done: Kafka's code and a sentence, as the admin APIs answer it. */
export type Fault = { errorCode: ErrorCode; errorMessage: string };

export function refuse(errorCode: ErrorCode, errorMessage: string): Fault {
  return { errorCode, errorMessage };
}

/** Does what writes to the data folder; what the disk says against it becomes Kafka's storage error, and is said on the log. */
export function keep(place: Pick<Store, 'log'>, act: () => void): Fault | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    const sentence = `The data folder could not be written: ${error instanceof Error ? error.message : String(error)}`;
    place.log('error', sentence);
    return refuse(ERRORS.KAFKA_STORAGE_ERROR, sentence);
  }
}
