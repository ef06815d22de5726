import type { InventoryDigest } from '../../src/workers/messages.ts';

/** A digest as an inventory worker without partitions would give it. */
export function inventoryDigest(changed: Partial<InventoryDigest> = {}): InventoryDigest {
  return {
    kind: 'inventory',
    slot: 'inventory/1',
    incarnation: 1,
    at: 0,
    state: 'running',
    waitsFor: '',
    memberId: '',
    generation: 0,
    heapBytes: 0,
    partitions: [],
    appliedRevision: 1,
    reserved: 0,
    failed: 0,
    duplicates: 0,
    deadLettered: 0,
    doubts: 0,
    ...changed,
  };
}
