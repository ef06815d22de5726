import { LunchrushError } from '../../errors.ts';
import type { Run } from '../hall.ts';

/** Not there in this version; scripts hear it before anything runs. */
export const run: Run<'reset-offsets'> = async () => {
  throw new LunchrushError('NOT_YET', 'reset-offsets is not yet there');
};
