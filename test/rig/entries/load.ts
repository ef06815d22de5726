import { hostThread } from '../../../src/workers/host-thread.ts';
import { createLoad } from '../../../src/workers/load/worker.ts';
import { reached } from './reached.ts';

hostThread(createLoad, reached);
