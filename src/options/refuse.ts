import { LunchrushError } from '../errors.ts';

/** A fault in the options. */
export function refuse(sentence: string, fix?: string): LunchrushError {
  return new LunchrushError('OPTIONS_WRONG', sentence, fix === undefined ? {} : { fix });
}
