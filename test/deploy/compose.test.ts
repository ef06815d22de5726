import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { read } from '../options/read.ts';
import { parseYaml } from '../rig/yaml.ts';

const service = z.object({
  image: z.string(),
  profiles: z.array(z.string()).default([]),
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
});
const compose = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parseYaml(readFileSync('compose.yml', 'utf8')));
const SERVICES = Object.entries(compose.services);
const of = (profile: string) => SERVICES.filter(([, { profiles }]) => profiles.includes(profile)).map(([name]) => name);

describe('compose.yml', () => {
  test('without a profile it is one Kafka; the others are asked for by name', () => {
    const plain = SERVICES.filter(([, { profiles }]) => profiles.length === 0).map(([name]) => name);
    expect(plain).toEqual(['kafka']);
    expect(of('secure')).toEqual(['certificates', 'kafka-1', 'kafka-2', 'kafka-3', 'user']);
    expect(of('pipeline')).toEqual(['serve', 'inventory', 'analytics']);
    expect(of('observe')).toEqual(['prometheus', 'grafana']);
  });

  test.each(of('pipeline'))('%s is started by options that the program takes', (name) => {
    const { command } = compose.services[name] ?? {};
    const { mode, ...options } = read(command ?? []);
    expect(mode).toBe(name === 'serve' ? 'serve' : 'worker');
    expect(options).toMatchObject({ brokers: ['kafka:19092'] });
  });

  test('serve runs no worker, so that those in the other containers do the work', () => {
    expect(read(compose.services['serve']?.command ?? [])).toMatchObject({ workers: 0, http: { host: '0.0.0.0' } });
  });

  test('what is looked after has a port that the healthcheck asks', () => {
    for (const name of of('pipeline')) {
      const { command = [], healthcheck } = compose.services[name] ?? {};
      const port = name === 'serve' ? '8002' : command[command.indexOf('--health-port') + 1];
      expect(healthcheck?.test.at(-1)).toBe(`http://127.0.0.1:${port}/health`);
    }
  });

  test('what is published is published to this machine only', () => {
    for (const port of SERVICES.flatMap(([, { ports }]) => ports)) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  test('what is mounted from here is here, and each volume is declared', () => {
    for (const volume of SERVICES.flatMap(([, { volumes }]) => volumes)) {
      const [from = ''] = volume.split(':');
      if (from === './deploy/secrets') continue;
      expect(from.startsWith('./') ? existsSync(from) : from in compose.volumes, volume).toBe(true);
    }
  });

  test('whom a service waits for is started with it', () => {
    for (const [name, { depends_on, profiles }] of SERVICES) {
      for (const other of Array.isArray(depends_on) ? depends_on : Object.keys(depends_on)) {
        const needed = compose.services[other]?.profiles;
        expect(needed, `${name} waits for ${other}`).toBeDefined();
        expect(
          needed?.every((profile) => profiles.includes(profile)),
          `${name} waits for ${other}`,
        ).toBe(true);
      }
    }
  });

  test('no secret stands in it: they are in a folder that is not kept', () => {
    const texts = SERVICES.flatMap(([, { environment, command }]) => [...Object.values(environment), ...command]);
    for (const text of texts) expect(text).not.toMatch(/password ?=|secret ?=|token ?=/i);
    expect(readFileSync('.gitignore', 'utf8').split('\n')).toContain('deploy/secrets/');
  });
});
