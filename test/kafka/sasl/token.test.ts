import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { faultOf } from '../../../src/kafka/errors.ts';
import { loginWithToken } from '../../../src/kafka/sasl/oauth-bearer.ts';
import { tokenFor } from '../../../src/kafka/sasl/token.ts';
import { temporaryFolder } from '../../rig/folder.ts';

const SECRET = 'cl1ent-s3cret';

/** An identity provider of this process; gives its endpoint for a client. */
async function startProvider(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/token`, clientId: 'lunch', clientSecret: SECRET, scope: 'kafka' };
}

const login = (more: object) => ({ mechanism: 'oauthbearer', ...more }) as const;

describe('tokens', () => {
  test('one from a file is read anew at every login', async () => {
    const tokenFile = join(temporaryFolder(), 'token');
    writeFileSync(tokenFile, 'first\n');
    expect(await tokenFor(login({ tokenFile }))).toBe('first');
    writeFileSync(tokenFile, 'second\n');
    expect(await tokenFor(login({ tokenFile }))).toBe('second');
    writeFileSync(tokenFile, '\n');
    await expect(tokenFor(login({ tokenFile }))).rejects.toThrow(`the token file ${tokenFile} is empty`);
  });

  test('a file that is not there is named', async () => {
    await expect(tokenFor(login({ tokenFile: '/not/there' }))).rejects.toThrow(
      'the token file /not/there cannot be read (ENOENT)',
    );
  });

  test('an endpoint is asked once for all who log in, with the client in the header and never in the URL', async () => {
    const heard: string[] = [];
    const endpoint = await startProvider(async (request, response) => {
      heard.push(`${request.method} ${request.url} ${request.headers.authorization} ${await text(request)}`);
      response.end(JSON.stringify({ access_token: 'given', expires_in: 3_600 }));
    });
    const tokens = await Promise.all([1, 2, 3].map(() => tokenFor(login({ endpoint }))));
    expect(tokens).toEqual(['given', 'given', 'given']);
    const basic = Buffer.from(`lunch:${SECRET}`).toString('base64');
    expect(heard).toEqual([`POST /token Basic ${basic} grant_type=client_credentials&scope=kafka`]);
  });

  test('a token without much life left is asked for anew', async () => {
    let asked = 0;
    const endpoint = await startProvider((_, response) =>
      response.end(JSON.stringify({ access_token: `t${++asked}`, expires_in: 0 })),
    );
    expect(await tokenFor(login({ endpoint }))).toBe('t1');
    expect(await tokenFor(login({ endpoint }))).toBe('t2');
  });

  test('a refusal names endpoint and client, not the secret, and is asked for again at the next login', async () => {
    const endpoint = await startProvider((_, response) =>
      response.writeHead(401).end(JSON.stringify({ error: 'invalid_client', error_description: SECRET })),
    );
    const refusal = await tokenFor(login({ endpoint })).catch((error: Error) => error);
    expect(faultOf(refusal)).toMatchObject({ retriable: false, fix: 'check client id, secret and scope' });
    const { message } = refusal as Error;
    expect(message).toBe(`the token endpoint ${endpoint.url} gives client lunch no token (401, invalid_client)`);
  });

  test('an endpoint that is away may be asked again', async () => {
    const endpoint = await startProvider((_, response) => response.writeHead(503).end());
    const failure = await tokenFor(login({ endpoint })).catch((error: unknown) => error);
    expect(faultOf(failure)).toMatchObject({ retriable: true, name: 'NETWORK_EXCEPTION' });
  });

  test('a broker that does not take the token says why before it is left', async () => {
    const messages: string[] = [];
    const exchange = async (message: Buffer) => {
      messages.push(message.toString());
      return Buffer.from('{"status":"invalid_token"}');
    };
    await expect(loginWithToken(exchange, login({ token: 'abc' }))).rejects.toThrow(/^invalid_token$/);
    expect(messages).toEqual(['n,,\x01auth=Bearer abc\x01\x01', '\x01']);
  });
});
