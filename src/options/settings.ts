import { z } from 'zod';

/** How numbers with units are read, as the script language does it: undefined for what is not one. */
export type Quantities = {
  /** `0.3`, `30%` → 0..1. */
  fraction(text: string): number | undefined;
  /** `20ms`, `1s` → ms. */
  duration(text: string): number | undefined;
};

/** A variable of the environment that gives a setting where the command line does not; `unit` is added to its value. */
type Variable = { name: string; unit?: string };

/** A setting with a value: the option, the variables behind it in order, and what is right. */
export type Setting<S extends z.ZodType<unknown, string>> = {
  option: `--${string}`;
  /** Its name in help, in the form commander wants. */
  value: string;
  help: string;
  variables: readonly Variable[];
  /** What is right, to complete "… is not". */
  is: string;
  schema: S;
};

function setting<S extends z.ZodType<unknown, string>>(row: Setting<S>): Setting<S> {
  return row;
}

/** Every setting that takes a value. */
export function settingsOf({ fraction, duration }: Quantities) {
  return {
    brokers: setting({
      option: '--brokers',
      value: '<HOST:PORT,…>',
      help: 'a real Kafka cluster instead of the embedded broker',
      variables: [{ name: 'LUNCHRUSH_BROKERS' }, { name: 'KAFKA_BOOTSTRAP_SERVERS' }],
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
    }),
    dataDir: setting({
      option: '--data-dir',
      value: '<DIR>',
      help: 'where the embedded broker and our own files live (default: a folder per user)',
      variables: [{ name: 'LUNCHRUSH_DATA_DIR' }],
      is: 'a folder',
      schema: z.string().min(1),
    }),
    brokerPort: setting({
      option: '--broker-port',
      value: '<PORT>',
      help: 'of the embedded broker (default: 9092, or a free one)',
      variables: [{ name: 'LUNCHRUSH_BROKER_PORT' }],
      is: 'a port from 1 to 65535',
      schema: wholeFrom(1, 65_535),
    }),
    failRate: setting({
      option: '--fail-rate',
      value: '<FRACTION>',
      help: 'share of orders that inventory refuses (default: 0)',
      variables: [{ name: 'LUNCHRUSH_FAIL_RATE' }, { name: 'INVENTORY_FAIL_RATE' }],
      is: 'a fraction from 0 to 1, such as 0.3 or 30%',
      schema: quantity(fraction),
    }),
    throttleMs: setting({
      option: '--throttle',
      value: '<DURATION>',
      help: 'pause that inventory makes per order (default: 0)',
      variables: [{ name: 'LUNCHRUSH_THROTTLE' }, { name: 'CONSUMER_THROTTLE_MS', unit: 'ms' }],
      is: 'a duration such as 20ms or 1s',
      schema: quantity(duration),
    }),
    workers: setting({
      option: '--workers',
      value: '<N>',
      help: 'inventory workers at the start (default: 1)',
      variables: [{ name: 'LUNCHRUSH_WORKERS' }],
      is: 'a number of workers from 1 to 64',
      schema: wholeFrom(1, 64),
    }),
    prefix: setting({
      option: '--prefix',
      value: '<TEXT>',
      help: 'put before the names of our topics and groups',
      variables: [{ name: 'LUNCHRUSH_PREFIX' }],
      is: 'up to 100 letters, digits, ".", "_" and "-"',
      schema: z.string().regex(/^[\w.-]{1,100}$/),
    }),
    partitions: setting({
      option: '--partitions',
      value: '<N>',
      help: 'of our topics where they do not exist yet (default: 3)',
      variables: [{ name: 'LUNCHRUSH_PARTITIONS' }],
      is: 'a number of partitions from 1 to 1000',
      schema: wholeFrom(1, 1000),
    }),
  };
}

/** All rows, by the name of the setting. */
export type SettingRows = ReturnType<typeof settingsOf>;

/** Values by setting; absent where nothing was said. */
export type Settings = { [K in keyof SettingRows]?: z.output<SettingRows[K]['schema']> };

function wholeFrom(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
}

function quantity(read: (text: string) => number | undefined) {
  return z.string().transform(read).pipe(z.number());
}

function hasPort(address: string): boolean {
  const port = Number(address.slice(address.lastIndexOf(':') + 1));
  return port >= 1 && port <= 65_535;
}
