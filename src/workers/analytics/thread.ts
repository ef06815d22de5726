import { hostThread } from '../host.ts';
import { createAnalytics } from './worker.ts';

hostThread(createAnalytics);
