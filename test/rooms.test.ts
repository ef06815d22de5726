import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

type Room = { rooms: string[]; types?: string[]; files?: string[]; packages: string[]; node?: string[] };

/** Who may import whom: the arrows of docs/architecture.md as data. `types` are rooms of which only types may be imported. */
const ROOMS: Record<string, Room> = {
  orders: { rooms: [], packages: [], node: ['crypto', 'buffer'] },
  broker: { rooms: [], packages: [] },
  state: { rooms: ['errors'], types: ['orders'], packages: ['env-paths'] },
  kafka: { rooms: ['errors'], types: ['orders'], packages: ['kafkajs'] },
  workers: { rooms: ['errors', 'kafka', 'orders', 'state'], packages: ['hdr-histogram-js', 'tsx', 'pino'] },
  audit: { rooms: ['errors', 'kafka', 'state'], files: ['orders/events'], packages: [] },
  engine: { rooms: ['errors', 'workers', 'audit', 'state', 'kafka', 'orders'], packages: ['zustand', 'zod'] },
  doctor: { rooms: ['errors', 'kafka', 'state'], packages: [] },
  ui: {
    rooms: ['errors', 'engine'],
    types: ['orders'],
    packages: ['ink', 'react', 'ink-table', 'ink-text-input', 'zustand', 'chalk', 'string-width'],
  },
  script: { rooms: ['errors', 'engine'], types: ['orders'], packages: [] },
  http: {
    rooms: ['errors', 'engine'],
    types: ['orders'],
    files: ['orders/report'],
    packages: ['fastify', 'prom-client', 'zod'],
  },
  errors: { rooms: [], packages: [] },
  options: { rooms: ['errors'], packages: ['commander', 'zod', 'properties-file'] },
};

type Import = { from: string; target: string; typeOnly: boolean };

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?from\s+)?['"]([^'"]+)['"]|(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(IMPORT)].map((m) => ({
    from: file,
    target: (m[2] ?? m[3]) as string,
    typeOnly: m[1] !== undefined,
  }));
}

function roomOf(path: string): string {
  return (path.split('/')[0] as string).replace(/\.tsx?$/, '');
}

/** Says what is wrong with one import, or nothing. */
function fault(file: string, { target, typeOnly }: Import): string | undefined {
  const home = roomOf(file);
  const law = ROOMS[home];
  if (!law) return `${file}: room "${home}" is not in the table`;
  if (target.startsWith('.')) {
    const path = normalize(join(dirname(file), target)).replace(/\.tsx?$/, '');
    const room = roomOf(path);
    if (room === 'main') return `${file}: nobody imports main`;
    if (room === home || law.rooms.includes(room) || law.files?.includes(path)) return undefined;
    return typeOnly && law.types?.includes(room) ? undefined : `${file}: ${home} may not import ${path}`;
  }
  const name = target.replace(/^node:/, '');
  if (target.startsWith('node:') || builtinModules.includes(name)) {
    const base = name.split('/')[0] as string;
    return law.node && !law.node.includes(base) ? `${file}: ${home} is pure and may not import ${target}` : undefined;
  }
  const pkg = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] as string);
  return law.packages.includes(pkg) ? undefined : `${file}: ${home} may not import the package ${pkg}`;
}

describe('rooms', () => {
  test('no file imports across an arrow that the table does not draw', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f));
    const faults = files
      .filter((file) => roomOf(file) !== 'main')
      .flatMap((file) => importsOf(join('src', file)).map((i) => fault(file, i)))
      .filter((f) => f !== undefined);
    expect(faults).toEqual([]);
  });

  test('an arrow from a door into the Kafka room is named as a fault', () => {
    const arrow = { from: 'script/run.ts', target: '../kafka/client.ts', typeOnly: false };
    expect(fault('script/run.ts', arrow)).toBe('script/run.ts: script may not import kafka/client');
  });
});
