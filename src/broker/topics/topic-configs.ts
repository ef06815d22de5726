/** One config a topic can have. */
export type ConfigRow = {
  name: string;
  default: string;
  /** Why a value is not taken, or undefined. */
  fault(value: string): string | undefined;
};

const DAY_MS = 86_400_000;

function whole(name: string, fallback: number, lowest: number, highest = Number.MAX_SAFE_INTEGER): ConfigRow {
  const fault = (value: string) => {
    const number = Number(value);
    const isFine = /^-?\d+$/.test(value) && number >= lowest && number <= highest;
    return isFine ? undefined : `Invalid value ${value} for configuration ${name}: from ${lowest} to ${highest}`;
  };
  return { name, default: String(fallback), fault };
}

/** A config that exists in Kafka and has one meaning here: only that value is taken. */
function fixed(name: string, value: string, why: string): ConfigRow {
  return {
    name,
    default: value,
    fault: (given) => (given === value ? undefined : `Invalid value ${given} for configuration ${name}: ${why}`),
  };
}

/** The configs of a topic, by name. Those of the first part have an effect, the others say what is so. */
export const TOPIC_CONFIGS: readonly ConfigRow[] = [
  whole('retention.ms', 7 * DAY_MS, -1),
  whole('retention.bytes', -1, -1),
  whole('max.message.bytes', 8 * 1024 * 1024, 0, 16 * 1024 * 1024),
  whole('message.timestamp.after.max.ms', 3_600_000, 0),
  fixed('cleanup.policy', 'delete', 'this embedded broker does not compact'),
  fixed('compression.type', 'producer', 'batches are kept as producers send them'),
  fixed('message.timestamp.type', 'CreateTime', 'batches are kept as producers send them'),
  fixed('min.insync.replicas', '1', 'this embedded broker is a single node'),
];

const BY_NAME = new Map(TOPIC_CONFIGS.map((row) => [row.name, row]));

/** Why a topic cannot have this config, or undefined. */
export function configFault(name: string, value: string | null): string | undefined {
  const row = BY_NAME.get(name);
  if (!row) return `Unknown topic config name: ${name}`;
  return value === null ? `Null value not supported for topic configs: ${name}` : row.fault(value);
}

/** A number of the table: what was set, or the default. */
export function numberOf(configs: Record<string, string>, name: string): number {
  return Number(configs[name] ?? BY_NAME.get(name)?.default);
}
