import { hostThread } from '../../../src/workers/host.ts';
import { createInventory } from '../../../src/workers/inventory/worker.ts';
import { reached } from './reached.ts';

hostThread(createInventory, reached);
