import { hostThread } from '../host-thread.ts';
import { createLoad } from './worker.ts';

hostThread(createLoad);
