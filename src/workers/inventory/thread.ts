import { hostThread } from '../host-thread.ts';
import { createInventory } from './worker.ts';

hostThread(createInventory);
