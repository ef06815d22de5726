import { describe, expect, test } from 'vitest';
import { loginScram } from '../../../src/kafka/sasl/scram.ts';

/** The conversation of RFC 7677, section 3. */
const NONCE = 'rOprNGfwEbeRWgbNEkqO';
const BOTH = `${NONCE}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`;
const CHALLENGE = `r=${BOTH},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`;
const VERDICT = 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=';
const LOGIN = { mechanism: 'scram-sha-256', username: 'user', password: 'pencil' } as const;

/** Logs in with a broker that answers as told, and gives what was said to it. */
async function said(answers: string[], login: Parameters<typeof loginScram>[1] = LOGIN): Promise<string[]> {
  const messages: string[] = [];
  const exchange = async (message: Buffer) => {
    messages.push(message.toString());
    return Buffer.from(answers[messages.length - 1] ?? '');
  };
  await loginScram(exchange, login, NONCE);
  return messages;
}

describe('SCRAM', () => {
  test('the conversation is that of RFC 7677', async () => {
    expect(await said([CHALLENGE, VERDICT])).toEqual([
      `n,,n=user,r=${NONCE}`,
      `c=biws,r=${BOTH},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`,
    ]);
  });

  test('a broker that does not know the password itself is not believed', async () => {
    await expect(said([CHALLENGE, 'v=AAAA'])).rejects.toThrow('could not prove that it knows the password');
    await expect(said([CHALLENGE, 'e=other-error'])).rejects.toThrow('could not prove');
  });

  test('neither is one that answers another nonce, or asks for few iterations', async () => {
    await expect(said([CHALLENGE.replace(NONCE, 'x'), VERDICT])).rejects.toThrow('answered somebody else');
    await expect(said([CHALLENGE.replace('4096', '1'), VERDICT])).rejects.toThrow('asks for 1 iterations only');
  });

  test('equals signs and commas of a name are written so that they end nothing', async () => {
    const login = { ...LOGIN, username: 'a=b,c' };
    const messages: string[] = [];
    const exchange = async (message: Buffer) => {
      messages.push(message.toString());
      throw new Error('enough');
    };
    await expect(loginScram(exchange, login, NONCE)).rejects.toThrow('enough');
    expect(messages).toEqual([`n,,n=a=3Db=2Cc,r=${NONCE}`]);
  });
});
