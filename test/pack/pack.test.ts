import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { folderForSuite } from './folder.ts';
import { isNpmHere, npm } from './npm.ts';

type Packed = { filename: string; size: number; files: { path: string; mode: number }[] };

const NOT_RUN_FOR_USERS = ['prepare', 'prepack'];

describe.skipIf(!isNpmHere)('the package', () => {
  const folder = folderForSuite();
  let packed: Packed;

  /** Packs what is built, and installs it with a copy of what it depends on, so that nothing has to be fetched. */
  beforeAll(() => {
    [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], '.')) as [Packed];
    const dependency = resolve('node_modules/kafkajs');
    npm(['install', '--install-links', join(folder, packed.filename), dependency], folder);
  });

  test('is smaller than two megabytes and holds what is needed to run, to read and to be handed on', () => {
    expect(packed.size).toBeLessThan(2_000_000);
    const paths = packed.files.map(({ path }) => path);
    for (const path of [
      'LICENSE',
      'README.md',
      'CHANGELOG.md',
      'dist/main.js',
      'dist/THIRD_PARTY_LICENSES',
      'docs/options.md',
    ]) {
      expect(paths).toContain(path);
    }
    expect(paths.filter((path) => /^(src|test|bench|deploy\/secrets)\/|\.(ts|tsx|cast|map|tgz)$/.test(path))).toEqual(
      [],
    );
  });

  test('runs nothing when it is installed', () => {
    const { scripts = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts?: Record<string, string> };
    const lifecycle = Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare|pack|publish)$/.test(name));
    expect(lifecycle).toEqual(NOT_RUN_FOR_USERS);
    expect(packed.files.map(({ path }) => path)).not.toContain('binding.gyp');
    // They would need files that are not in the package.
    expect(packed.files.map(({ path }) => path)).not.toContain('build.mjs');
  });

  test('holds nothing of the machine that it was made on', () => {
    const root = join(folder, 'node_modules/lunchrush');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(js|json|md)$|LICENSES/.test(path),
    );
    const telling = new RegExp(`${process.cwd()}/|registry\\.npmjs|_authToken`);
    expect(files.filter((path) => telling.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  test('runs where nothing but Node and itself is', () => {
    const run = (...args: string[]) => {
      const options = {
        cwd: folder,
        env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder },
        encoding: 'utf8',
      } as const;
      return execFileSync(join(folder, 'node_modules/.bin/lunchrush'), args, options);
    };
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(run('--version').trim()).toBe(version);
    expect(run('help', 'load')).toContain('load [COUNT]');
    expect(run('config', '--json')).toContain('"name":"brokers"');
    expect(run('--fresh', '-e', 'produce --count 3; wait idle; audit; expect total_reservations == 3')).toContain(
      'clean',
    );
  });
});
