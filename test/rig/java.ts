import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '4.3.0';
const CACHE = `node_modules/.cache/apache-kafka-${VERSION}`;

/** Folder of Apache Kafka's jars. */
export const LIBS = process.env['LUNCHRUSH_KAFKA_LIBS'] ?? resolve(CACHE, 'libs');

function runs(program: string, option: string): boolean {
  return spawnSync(program, [option], { stdio: 'ignore' }).status === 0;
}

function hasJars(): boolean {
  return existsSync(LIBS) && readdirSync(LIBS).some((name) => name.startsWith('kafka_'));
}

/** Why tests on a real Apache Kafka cannot run here, or nothing. */
export function whyNoKafka(): string | undefined {
  if (process.env['LUNCHRUSH_TEST_KAFKA'] !== '1') return 'LUNCHRUSH_TEST_KAFKA=1 is not set';
  if (!runs('java', '-version')) return 'java does not run here';
  if (!hasJars() && !runs('mvn', '-version')) return `there are no jars in ${LIBS}, and Maven does not run here`;
  return undefined;
}

const DEPENDENCIES = ['kafka_2.13', 'kafka-tools'].map(
  (artifact) =>
    `<dependency><groupId>org.apache.kafka</groupId><artifactId>${artifact}</artifactId><version>${VERSION}</version></dependency>`,
);

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${DEPENDENCIES.join('')}</dependencies></project>
`;

/** Fetches the jars with Maven unless they are there. */
export async function fetchJars(): Promise<void> {
  if (hasJars()) return;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(resolve(CACHE, 'pom.xml'), POM);
  const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${LIBS}`];
  await promisify(execFile)('mvn', goal, { cwd: CACHE });
}

/** Runs one of Apache Kafka's own tools and gives what it prints. `classPath` holds more than the jars where it must. */
export async function javaTool(className: string, args: string[], classPath = `${LIBS}/*`): Promise<string> {
  const { stdout } = await promisify(execFile)('java', ['-cp', classPath, className, ...args]);
  return stdout;
}

/** One partition of a group as ConsumerGroupCommand prints it; -1 stands for `-`. */
export type ToolLag = { topic: string; partition: number; current: number; end: number; lag: number };

/** What `kafka-consumer-groups --describe` says of a group, in order of topic and partition. */
export async function describeGroup(address: string, group: string): Promise<ToolLag[]> {
  const tool = 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand';
  const printed = await javaTool(tool, ['--bootstrap-server', address, '--describe', '--group', group]);
  const number = (text: string | undefined) => (text === '-' ? -1 : Number(text));
  return printed
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([name]) => name === group)
    .map(([, topic = '', partition, current, end, lag]) => ({
      topic,
      partition: Number(partition),
      current: number(current),
      end: number(end),
      lag: number(lag),
    }))
    .toSorted((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
}
