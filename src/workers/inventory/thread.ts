import { hostThread } from '../host.ts';
import { createInventory } from './worker.ts';

hostThread(createInventory);
