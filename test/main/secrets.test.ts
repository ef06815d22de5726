import { describe, expect, onTestFinished, test } from 'vitest';
import { startBroker } from '../kafka/broker.ts';
import { expectExit, runProgram } from '../rig/program.ts';

const SECRETS = {
  LUNCHRUSH_SASL_PASSWORD: 'xyzzyPl0ver%20=,"quoted"',
  LUNCHRUSH_OAUTH_TOKEN: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJsdW5jaCJ9.frotz',
};

/** Parts of the secrets that no writing escapes, and what they become in the messages of SASL and of HTTP. */
const TRACES = ['xyzzyPl0ver', 'eyJzdWIiOiJsdW5jaCJ9', ...Object.values(SECRETS).map((secret) => btoa(secret))];

/** Everything that a program printed, searched for any of them. */
function mustNotHold(printed: string): void {
  for (const trace of TRACES) expect(printed).not.toContain(trace);
}

describe('secrets', () => {
  test.each([
    ['plain', 'LUNCHRUSH_SASL_PASSWORD', ['--sasl-username', 'lunch']],
    ['scram-sha-512', 'LUNCHRUSH_SASL_PASSWORD', ['--sasl-username', 'lunch']],
    ['oauthbearer', 'LUNCHRUSH_OAUTH_TOKEN', []],
  ] as const)(
    '%s at a cluster without SASL ends in a sentence that does not hold it',
    async (mechanism, variable, more) => {
      const broker = await startBroker();
      onTestFinished(() => broker.close());
      const address = broker.connection.brokers.join(',');
      const end = await runProgram('metrics', {
        args: ['--brokers', address, '--sasl', mechanism, ...more],
        env: { [variable]: SECRETS[variable] },
      });
      expectExit(end, 3);
      expect(end.stderr).toContain(`${address} asks for no user: this listener has no SASL`);
      mustNotHold(JSON.stringify(end));
    },
  );
});
