import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { createAuthority } from '../rig/kafka-certificates.ts';
import { folderOf } from './files.ts';

type Ended = { status: number | null; stdout: string; stderr: string };

/** Runs the built program with this environment and nothing else of ours. */
function run(argv: readonly string[], { cwd, env = {} }: { cwd: string; env?: Record<string, string> }): Ended {
  const main = new URL('../../dist/main.js', import.meta.url).pathname;
  const clean = { PATH: process.env['PATH'], HOME: cwd, ...env };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...argv], {
    cwd,
    env: clean,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const SECRETS = {
  LUNCHRUSH_SASL_PASSWORD: 'Xk3-sasl-Pw9',
  LUNCHRUSH_TLS_KEY_PASSWORD: 'Xk3-key-Pw9',
  LUNCHRUSH_OAUTH_TOKEN: 'Xk3-oauth-Pw9',
  LUNCHRUSH_HTTP_TOKEN: 'Xk3-http-token-of-Pw9',
};
const TELLTALE = /Xk3|Pw9|BEGIN PRIVATE/;

describe('lunchrush config', () => {
  const { cert, key } = createAuthority().issue({ name: 'alice' });
  const jaas =
    'org.apache.kafka.common.security.plain.PlainLoginModule required username="bob" password="Xk3-file-Pw9";';
  const files = {
    'lunchrush.config.json': '{ "workers": 2, "commandConfig": "client.properties", "http": true }',
    'client.properties': `security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=${jaas}\nssl.keystore.password=Xk3\n`,
  };
  const env = { ...SECRETS, LUNCHRUSH_TLS_CERT: cert, LUNCHRUSH_TLS_KEY: key, CONSUMER_THROTTLE_MS: '15' };

  test('prints what holds and where it came from, in columns, without any secret', () => {
    const { folder } = folderOf(files);
    const { status, stdout, stderr } = run(['config', '--brokers', 'k:1'], { cwd: folder, env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const rows = stdout.split('\n').filter((line) => !line.endsWith('default'));
    expect(rows.map((line) => line.split(/ {2,}/))).toEqual([
      ['brokers', 'k:1', '--brokers'],
      ['commandConfig', `${folder}/client.properties`, '"commandConfig" in lunchrush.config.json'],
      ['tls', 'yes', `security.protocol in ${folder}/client.properties`],
      ['tlsCert', 'set', 'LUNCHRUSH_TLS_CERT'],
      ['tlsKey', 'set', 'LUNCHRUSH_TLS_KEY'],
      ['tlsKeyPassword', 'set', 'LUNCHRUSH_TLS_KEY_PASSWORD'],
      ['sasl', 'PLAIN', `sasl.mechanism in ${folder}/client.properties`],
      ['saslUsername', 'bob', `sasl.jaas.config in ${folder}/client.properties`],
      ['saslPassword', 'set', 'LUNCHRUSH_SASL_PASSWORD'],
      ['oauthToken', 'set', 'LUNCHRUSH_OAUTH_TOKEN'],
      ['throttle', '15ms', 'CONSUMER_THROTTLE_MS'],
      ['workers', '2', '"workers" in lunchrush.config.json'],
      ['http', 'yes', '"http" in lunchrush.config.json'],
      ['httpToken', 'set', 'LUNCHRUSH_HTTP_TOKEN'],
      ['config', 'lunchrush.config.json', 'the working folder'],
      [''],
    ]);
    expect(stdout).toMatch(/^failRate +0 +default$/m);
    expect(stdout).not.toMatch(TELLTALE);
  });

  test('says the same as one object, without any secret', () => {
    const { folder } = folderOf(files);
    const { stdout } = run(['config', '--json'], { cwd: folder, env });
    const { settings } = JSON.parse(stdout) as { settings: Record<string, unknown>[] };
    const find = (name: string) => settings.find((row) => row['name'] === name);
    expect(find('workers')).toEqual({
      name: 'workers',
      option: '--workers',
      value: '2',
      secret: false,
      source: 'file',
      from: '"workers" in lunchrush.config.json',
    });
    expect(find('saslPassword')).toMatchObject({ value: 'set', secret: true, source: 'environment' });
    expect(find('prefix')).toEqual({ name: 'prefix', option: '--prefix', secret: false, source: 'default' });
    expect(stdout).not.toMatch(TELLTALE);
  });

  test.each([
    [['--tls-key-password', 'Xk3'], {}],
    [['--sasl', 'plain'], { LUNCHRUSH_BROKERS: 'k:1' }],
    [['serve', '--brokers', 'k:1', '--http-host', '0.0.0.0', '--tls-key', '/nowhere'], {}],
    [['doctor', '--brokers', 'k:1'], { LUNCHRUSH_TLS_CA: '-----BEGIN Xk3' }],
    [['serve'], { LUNCHRUSH_HTTP_TOKEN: 'Xk3' }],
  ])('%j is refused with 2 and one line that has no secret in it', (argv, more) => {
    const { folder } = folderOf({});
    const { status, stdout, stderr } = run(argv, { cwd: folder, env: { ...SECRETS, ...more } });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^lunchrush: .+ \(.+\)\n$/);
    expect(stderr).not.toMatch(TELLTALE);
  });
});

describe('lunchrush completion', () => {
  test('prints a script with the verbs of help, for the shell that is named', () => {
    const { folder } = folderOf({});
    const { status, stdout } = run(['completion', 'fish'], { cwd: folder });
    expect(status).toBe(0);
    expect(stdout).toContain(`complete -c lunchrush -n '__lunchrush_program "help"' -a fail-rate`);
    expect(stdout).toContain(`complete -c lunchrush -n '__lunchrush_program "serve"' -l http-host`);
  });
});
