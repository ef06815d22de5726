import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type Service, startService, untilReady } from '../http/service.ts';
import { whyNoKafka } from '../rig/java.ts';
import { startKafka } from '../rig/kafka.ts';

const { LUNCHRUSH_TEST_PYTHON, PYTHON = 'python3' } = process.env;
const wanted = LUNCHRUSH_TEST_PYTHON === '1';
const noKafka = whyNoKafka();

/** Runs the cases against a service; PYTHON has pytest, requests and confluent-kafka. */
async function runCases(service: Service, kafka: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(PYTHON, ['-m', 'pytest', '-v', '-s', '-p', 'no:cacheprovider', 'test/real/seed_cases.py'], {
    env: {
      ...process.env,
      ORDERS_URL: service.orders.replace('127.0.0.1', 'localhost'),
      ANALYTICS_URL: service.analytics.replace('127.0.0.1', 'localhost'),
      KAFKA_BOOTSTRAP_SERVERS: kafka,
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  let said = '';
  for (const out of [child.stdout, child.stderr]) out.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  return { code, said };
}

async function holdOn(service: Service, kafka: () => string): Promise<void> {
  try {
    await untilReady(service);
    const { code, said } = await runCases(service, kafka());
    if (process.env['LUNCHRUSH_TEST_SHOW']) process.stdout.write(said);
    expect(code, said).toBe(0);
  } finally {
    await service.close();
  }
}

describe.skipIf(!wanted)(
  `the seed’s own test cases${wanted ? '' : ', skipped without LUNCHRUSH_TEST_PYTHON=1'}`,
  () => {
    test('hold on the embedded broker', async () => {
      const service = await startService();
      await holdOn(service, () => `127.0.0.1:${service.broker().port}`);
    }, 300_000);

    test.skipIf(noKafka)(
      `hold on a real Kafka${noKafka ? `, skipped because ${noKafka}` : ''}`,
      async () => {
        const kafka = await startKafka(1);
        const addresses = kafka.addresses.join(',');
        try {
          await holdOn(await startService(['--brokers', addresses]), () => addresses);
        } finally {
          await kafka.close();
        }
      },
      400_000,
    );
  },
);
