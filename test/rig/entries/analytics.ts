import { createAnalytics } from '../../../src/workers/analytics/worker.ts';
import { hostThread } from '../../../src/workers/host-thread.ts';
import { reached } from './reached.ts';

hostThread(createAnalytics, reached);
