import type { GroupConsumer } from '../../kafka/group-consumer.ts';

/** Where analytics' records come from: a member of the group, or, for one that only watches, a reader outside of it. */
export type Source = Pick<
  GroupConsumer,
  'start' | 'stop' | 'seek' | 'pause' | 'resume' | 'commit' | 'memberId' | 'generation'
>;
