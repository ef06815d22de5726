import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JaasFault, readJaas } from '../../src/options/properties/jaas.ts';

const ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '"': '\\"', '\\': '\\\\' };

function quoted(value: string): string {
  return `"${value.replaceAll(/["\\\n\r]/g, (sign) => ESCAPES[sign] ?? sign)}"`;
}

function faultOf(text: string): string {
  try {
    readJaas(text);
  } catch (error) {
    if (error instanceof JaasFault) return error.message;
    throw error;
  }
  throw new Error('it is taken');
}

describe('a login module', () => {
  test('gives back any name and password that was written into it', () => {
    const value = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(value, value, (username, password) => {
        const text = `a.b.PlainLoginModule required\n  username=${quoted(username)} password=${quoted(password)};`;
        expect(readJaas(text)).toEqual({ className: 'a.b.PlainLoginModule', options: { username, password } });
      }),
    );
  });

  // As org.apache.kafka.common.security.JaasConfig of Kafka 4.3.0 reads them.
  test.each([
    [`M required a='b"c' d="e'f";`, { a: 'b"c', d: "e'f" }],
    ['M required a=b_c-d.e$9;', { a: 'b_c-d.e$9' }],
    ['M required "a"="b" ; ', { a: 'b' }],
    ['M required a="x\\101\\x\\t\\4012";', { a: 'xAx\t 12' }],
    ['M required /* one */ a="b" // two\n c="d" / three\n;', { a: 'b', c: 'd' }],
    ['M optional;', {}],
    ['M required a="b" a="c";', { a: 'c' }],
    ['M required a = "b;c";', { a: 'b;c' }],
    ['M required a="ä€";', { a: 'ä€' }],
  ])('%j is read as Kafka reads it', (text, options) => {
    expect(readJaas(text).options).toEqual(options);
  });

  test.each([
    ['', 'it does not begin with the class of a login module'],
    ['M', 'behind the class of the login module "required" is missing'],
    ['M a="hunter2";', 'behind the class of the login module "required" is missing'],
    ['M required a="b"', 'it has to end with a semicolon'],
    ['M required a="hunter2;', 'option 1 is not of the form name="value"'],
    ['M required a=hunter2"b";', 'option 2 is not of the form name="value"'],
    ['M required a=123;', 'option 1 is not of the form name="value"'],
    ['M required a="b" hunter2;', 'option 2 is not of the form name="value"'],
    ['M required a="b"; N required;', 'something follows the semicolon: one login module has to be there'],
  ])('%j is refused with a sentence that repeats nothing', (text, sentence) => {
    expect(faultOf(text)).toBe(sentence);
  });
});
