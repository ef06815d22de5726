import { hostThread } from '../../../src/workers/host-thread.ts';
import { createInventory } from '../../../src/workers/inventory/worker.ts';
import { reached } from './reached.ts';

hostThread(createInventory, reached);
