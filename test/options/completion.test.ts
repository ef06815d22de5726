import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readDuration, readFraction } from '../../src/engine/language/quantity.ts';
import { completionScript } from '../../src/options.ts';
import { folderOf } from './files.ts';

const QUANTITIES = { fraction: readFraction, duration: readDuration };

function script(shell: 'bash' | 'zsh' | 'fish'): string {
  return completionScript(shell, QUANTITIES, ['load', 'fail-rate', 'facts']);
}

function isHere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** What bash offers for the last of these words. */
function offered(words: readonly string[], cwd: string): string[] {
  const ask = `${script('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lunchrush; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const printed = execFileSync('bash', ['-c', ask, 'bash', 'lunchrush', ...words], { cwd, encoding: 'utf8' });
  return printed.split('\n').filter(Boolean);
}

describe.skipIf(!isHere('bash'))('bash', () => {
  test('takes the script', () => {
    expect(spawnSync('bash', ['-n', '-c', script('bash')], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  test.each([
    [['s'], ['serve']],
    [
      ['worker', ''],
      ['inventory', 'analytics', 'load', '--help'],
    ],
    [['worker', 'in'], ['inventory']],
    [['--brokers', 'serve', 'wo'], ['worker']],
    [['--json', 'bro'], ['broker']],
    [['broker', 'c'], ['check']],
    [
      ['broker', 'check', '--'],
      ['--data-dir', '--config', '--help'],
    ],
    [
      ['serve', '--http-'],
      ['--http-host', '--http-token-file'],
    ],
    [['serve', '--sc'], []],
    [['--sc'], ['--script']],
    [
      ['serve', '--sasl', 'scram'],
      ['scram-sha-256', 'scram-sha-512'],
    ],
    [['serve', '--sasl', '=', 'pl'], ['plain']],
    [
      ['serve', '--sasl', '='],
      ['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', '--help'],
    ],
    [
      ['help', 'fa'],
      ['fail-rate', 'facts'],
    ],
    [['--brokers', ''], []],
    [
      ['--tls-ca', 'c'],
      ['ca file.pem', 'certs'],
    ],
    [['--data-dir', 'c'], ['certs']],
    [['--config', '=', 'ca'], ['ca file.pem']],
  ])('offers behind lunchrush %j what may stand there', (words, expected) => {
    const { folder } = folderOf({ 'ca file.pem': '' });
    execFileSync('mkdir', ['certs'], { cwd: folder });
    expect(offered(words, folder).toSorted()).toEqual(expected.toSorted());
  });
});

describe.skipIf(!isHere('zsh'))('zsh', () => {
  test('takes the script', () => {
    const { at } = folderOf({ _lunchrush: script('zsh') });
    expect(spawnSync('zsh', ['-n', at('_lunchrush')], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

describe.skipIf(!isHere('fish'))('fish', () => {
  test('takes the script, and offers words, options and choices', () => {
    const { at } = folderOf({ 'lunchrush.fish': script('fish') });
    expect(spawnSync('fish', ['-n', at('lunchrush.fish')], { encoding: 'utf8' })).toMatchObject({ status: 0 });
    const offers = (line: string) =>
      execFileSync('fish', ['-c', `source ${at('lunchrush.fish')}; complete -C '${line}'`], { encoding: 'utf8' })
        .split('\n')
        .map((row) => row.split('\t')[0])
        .filter(Boolean);
    expect(offers('lunchrush --brokers serve wo')).toEqual(['worker']);
    expect(offers('lunchrush broker check --')).toEqual(['--config', '--data-dir', '--help']);
    expect(offers('lunchrush serve --sasl scram')).toEqual(['scram-sha-256', 'scram-sha-512']);
  });
});
