import { z } from 'zod';
import { onOff, setting, someText, wholeFrom } from '../setting.ts';

/** Which cluster, and what is created there. */
export const clusterSettings = {
  brokers: setting({
    option: '--brokers',
    value: '<HOST:PORT,…>',
    help: 'a real Kafka cluster instead of the embedded broker',
    variables: [{ name: 'LUNCHRUSH_BROKERS' }, { name: 'KAFKA_BOOTSTRAP_SERVERS' }],
    json: 'list',
    is: 'a list of addresses such as localhost:9092 or a:9092,b:9092',
    schema: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .pipe(
        z
          .array(
            z
              .string()
              .regex(/^(\[[\da-f:.]+\]|[\w.-]+):\d{1,5}$/i)
              .refine(hasPort),
          )
          .min(1),
      ),
    fallback: 'the embedded broker',
  }),
  commandConfig: setting({
    option: '--command-config',
    value: '<FILE>',
    help: "addresses, TLS and SASL from a Java client's properties file, as Kafka's own tools take it",
    variables: [{ name: 'LUNCHRUSH_COMMAND_CONFIG' }],
    json: 'text',
    is: 'a file',
    schema: someText,
    completes: 'file',
  }),
  partitions: setting({
    option: '--partitions',
    value: '<N>',
    help: 'partitions of our topics where they do not exist yet',
    variables: [{ name: 'LUNCHRUSH_PARTITIONS' }],
    json: 'number',
    is: 'a number of partitions from 1 to 1000',
    schema: wholeFrom(1, 1000),
    fallback: '3',
  }),
  replicationFactor: setting({
    option: '--replication-factor',
    value: '<N>',
    help: 'replicas of our topics where they do not exist yet',
    variables: [{ name: 'LUNCHRUSH_REPLICATION_FACTOR' }],
    json: 'number',
    is: 'a number of replicas from 1 to 100',
    schema: wholeFrom(1, 100),
    fallback: 'as many as there are brokers, up to 3',
  }),
  readOnly: onOff('--read-only', 'write nothing to the cluster, not even commits'),
};

function hasPort(address: string): boolean {
  const port = Number(address.slice(address.lastIndexOf(':') + 1));
  return port >= 1 && port <= 65_535;
}
