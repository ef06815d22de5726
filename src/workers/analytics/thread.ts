import { hostThread } from '../host-thread.ts';
import { createAnalytics } from './worker.ts';

hostThread(createAnalytics);
