/** Measurements counted by how long they took, as workers count theirs, for doors that measure something of their own. */
export { type Buckets, createBuckets } from '../workers/histogram.ts';
