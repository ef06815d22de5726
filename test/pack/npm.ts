import { execFileSync, spawnSync } from 'node:child_process';

/** Nothing of the npm that runs the tests, nor of the settings of its user. */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|LUNCHRUSH_|KAFKA_)/i.test(name));
  return { ...Object.fromEntries(own), npm_config_update_notifier: 'false', npm_config_userconfig: '/dev/null' };
}

/** Runs npm without any network and gives what it prints. */
export function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', [...args, '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd,
    env: environment(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** Whether npm can be run here at all. */
export const isNpmHere = spawnSync('npm', ['--version'], { stdio: 'ignore' }).status === 0;
