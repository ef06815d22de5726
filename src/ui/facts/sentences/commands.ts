import { duration } from '../../format/time.ts';
import { of, type Tells } from './tell.ts';

type Told = 'command-started' | 'command-finished' | 'command-failed' | 'mark-set' | 'audit-finished';

/** What was asked, where nothing else tells what came of it. */
export const commands: Tells<Told> = {
  'command-started': ({ text }, story) => {
    const failed = of(story, 'command-failed')[0];
    if (failed) {
      const { message, fix } = failed.error;
      return { text: `${text} failed: ${message}${fix === '' ? '' : ` (${fix})`}`, tone: 'bad' };
    }
    const finished = of(story, 'command-finished')[0];
    return finished
      ? { text: `${text} done in ${duration(finished.forMs)}`, tone: 'dim' }
      : { text: `${text} is being carried out` };
  },
  // Its beginning is no longer remembered, so nobody knows what it was.
  'command-finished': () => undefined,
  'command-failed': ({ error }) => ({ text: `a command failed: ${error.message}`, tone: 'bad' }),
  'mark-set': () => ({ text: 'all facts noted: since.FACT counts from here' }),
  'audit-finished': ({ clean, sentence }) => ({ text: `audit ${sentence}`, tone: clean ? 'good' : 'bad' }),
};
