import type { ApiTable } from '../api.ts';
import { APIS } from '../protocol/apis/table.ts';
import { answerAlterConfigs } from './alter-configs.ts';
import { answerCreatePartitions } from './create-partitions.ts';
import { answerCreateTopics } from './create-topics.ts';
import { answerDeleteRecords } from './delete-records.ts';
import { answerDeleteTopics } from './delete-topics.ts';
import { answerDescribeConfigs } from './describe-configs.ts';
import { answerFetch } from './fetch.ts';
import { answerIncrementalAlterConfigs } from './incremental-alter-configs.ts';
import { answerInitProducerId } from './init-producer-id.ts';
import { answerListOffsets } from './list-offsets.ts';
import { answerMetadata } from './metadata.ts';
import { answerProduce } from './produce.ts';
import type { Store } from './store.ts';

/** Everything that is answered from topics and logs, by API key. */
export function answersOf(store: Store): ApiTable {
  return {
    [APIS.produce.key]: answerProduce(store),
    [APIS.fetch.key]: answerFetch(store),
    [APIS.listOffsets.key]: answerListOffsets(store),
    [APIS.metadata.key]: answerMetadata(store),
    [APIS.createTopics.key]: answerCreateTopics(store),
    [APIS.deleteTopics.key]: answerDeleteTopics(store),
    [APIS.deleteRecords.key]: answerDeleteRecords(store),
    [APIS.initProducerId.key]: answerInitProducerId(store),
    [APIS.describeConfigs.key]: answerDescribeConfigs(store),
    [APIS.alterConfigs.key]: answerAlterConfigs(store),
    [APIS.incrementalAlterConfigs.key]: answerIncrementalAlterConfigs(store),
    [APIS.createPartitions.key]: answerCreatePartitions(store),
  };
}
