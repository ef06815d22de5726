import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../rig/folder.ts';

const INSTRUCTIONS = readFileSync('Dockerfile', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const FINAL = INSTRUCTIONS.slice(INSTRUCTIONS.findLastIndex((line) => line.startsWith('FROM ')));

/** Paths that .dockerignore leaves in: all others are left out by its first line. */
function leftIn(): string[] {
  const [first, ...lines] = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  expect(first).toBe('*');
  return lines.flatMap((line) => {
    const path = line.slice(1);
    return path.startsWith('*') ? readdirSync('.').filter((name) => name.endsWith(path.slice(1))) : [path];
  });
}

describe('the image', () => {
  test('it is built and run on the same Node, and not as root', () => {
    const bases = INSTRUCTIONS.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]);
    expect(new Set(bases).size).toBe(1);
    expect(FINAL).toContain('USER node');
    expect(FINAL.findIndex((line) => line.startsWith('USER'))).toBeGreaterThan(
      FINAL.findIndex((line) => line.startsWith('RUN')),
    );
  });

  test('it starts the program itself, so that signals reach it', () => {
    expect(FINAL).toContain('ENTRYPOINT ["node", "/app/dist/main.js"]');
  });

  test('what is left in for the build is enough to build with', () => {
    const folder = temporaryFolder();
    for (const path of leftIn()) cpSync(path, join(folder, path), { recursive: true });
    for (const [, from = ''] of INSTRUCTIONS.join('\n').matchAll(/^COPY ([^-\s]\S*)/gm)) {
      expect(existsSync(join(folder, from)), from).toBe(true);
    }
    // The packages are the ones that are installed here; esbuild finds them from the folder upwards.
    execFileSync('ln', ['-s', join(process.cwd(), 'node_modules'), join(folder, 'node_modules')]);
    execFileSync('node', ['build.mjs'], { cwd: folder });
    const { stdout } = spawnSync('node', ['dist/main.js', '--version'], { cwd: folder, encoding: 'utf8' });
    expect(stdout.trim()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
    expect(readdirSync(join(folder, 'dist'))).toContain('workers');
  });
});

describe('the health check', () => {
  const check = (url: string) => spawnSync('node', ['deploy/healthcheck.mjs', url]).status;

  test('nobody there is not well', () => {
    expect(check('http://127.0.0.1:1/health')).toBe(1);
    expect(check('nonsense')).toBe(1);
  });
});
