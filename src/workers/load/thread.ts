import { hostThread } from '../host.ts';
import { createLoad } from './worker.ts';

hostThread(createLoad);
