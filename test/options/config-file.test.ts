import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonFault } from '../../src/options/json-fault.ts';
import { folderOf } from './files.ts';
import { read, refusal } from './read.ts';

function refusalOf(text: string): string | undefined {
  const { folder } = folderOf({ 'lunchrush.config.json': text });
  return refusal(['serve'], { cwd: folder });
}

describe('the configuration file', () => {
  test.each([
    ['{ "workers": 2', 'lunchrush.config.json:1:15: this is not JSON'],
    ['{\n  "workers": 2,\n}', 'lunchrush.config.json:3:1: this is not JSON'],
    ['[]', 'lunchrush.config.json: there is a list, and one object has to be there'],
    ['{ "workrs": 2 }', '"workrs" in lunchrush.config.json is no setting (did you mean workers?)'],
    ['{ "fail-rate": 0 }', '"fail-rate" in lunchrush.config.json is no setting (did you mean failRate?)'],
    ['{ "config": "x" }', '"config" in lunchrush.config.json is no setting'],
    ['{ "__proto__": "x" }', '"__proto__" in lunchrush.config.json is no setting'],
    ['{ "fresh": true }', '"fresh" in lunchrush.config.json is said for one run, on the command line only'],
    ['{ "workers": "2" }', '"workers" in lunchrush.config.json is a text, and a number has to be there'],
    ['{ "tls": "yes" }', '"tls" in lunchrush.config.json is a text, and true or false has to be there'],
    [
      '{ "brokers": [1] }',
      '"brokers" in lunchrush.config.json is a list, and a text or a list of texts has to be there',
    ],
    ['{ "prefix": null }', '"prefix" in lunchrush.config.json is null, and a text has to be there'],
    ['{ "workers": 65 }', '"workers" in lunchrush.config.json: "65" is not a number of workers from 0 to 64'],
    ['{ "healthPort": 70000 }', '"healthPort" in lunchrush.config.json: "70000" is not a port from 0 to 65535'],
    ['{ "saslPassword": "hunter2" }', 'put it into the variable LUNCHRUSH_SASL_PASSWORD, or into a file'],
    ['{ "sasl-password": "hunter2" }', 'put it into the variable LUNCHRUSH_SASL_PASSWORD, or into a file'],
    ['{ "httpToken": "hunter2" }', 'put it into the variable LUNCHRUSH_HTTP_TOKEN, or into a file'],
    ['{ "oauthClientSecret": "hunter2" }', 'put it into a properties file, and name that with --command-config'],
    ['{ "tlsKey": "-----BEGIN PRIVATE KEY-----" , "tlsCert": "x", "brokers": "a:1" }', 'x does not exist'],
  ])('%j is refused with a sentence', (text, sentence) => {
    expect(refusalOf(text)).toContain(sentence);
    expect(refusalOf(text)).not.toContain('hunter2');
  });

  test('may have any setting, each with its natural kind', () => {
    const all = { brokers: ['a:1'], workers: 2, failRate: '30%', throttle: '5ms', http: true, ordersPort: 9000 };
    const { at } = folderOf({ 'c.json': `\uFEFF${JSON.stringify(all)}` });
    expect(read(['--config', at('c.json')])).toMatchObject({
      brokers: ['a:1'],
      workers: 2,
      failRate: 0.3,
      throttleMs: 5,
      http: { ordersPort: 9000 },
    });
    expect(read([], { env: { LUNCHRUSH_CONFIG: at('c.json') } })).toMatchObject({ workers: 2 });
  });

  test('names files from its own folder on', () => {
    const { folder, at } = folderOf({ 'c.json': '{ "dataDir": "data", "metricsFile": "/m.txt" }' });
    expect(read(['--config', at('c.json')])).toMatchObject({ dataDir: `${folder}/data`, metricsFile: '/m.txt' });
  });

  test('that is named has to be there', () => {
    expect(refusal(['--config', '/nowhere/c.json'])).toContain('--config: /nowhere/c.json does not exist');
    expect(refusal([], { env: { LUNCHRUSH_CONFIG: '/' } })).toContain('LUNCHRUSH_CONFIG: / is a folder');
  });
});

describe('the place where JSON goes wrong', () => {
  test('is found in exactly those texts that JSON.parse refuses', () => {
    const snippets = [
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"a"',
      '"\\u00e4"',
      '"\\x"',
      '"',
      '1',
      '-1.5e3',
      '01',
      '.5',
      'true',
      'nul',
      ' ',
      '\n',
      '\t',
      '\u00a0',
      '\u2028',
    ];
    const noise = fc.array(fc.constantFrom(...snippets), { maxLength: 12 }).map((parts) => parts.join(''));
    const bent = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 1 })).map(([json, at, put]) => {
      const cut = at % (json.length + 1);
      return json.slice(0, cut) + put + json.slice(cut + 1);
    });
    fc.assert(
      fc.property(fc.oneof(noise, fc.json(), bent), (text) => {
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        expect(jsonFault(text) === undefined).toBe(parses);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['', 1, 1],
    ['{"a":1,\n"b":}', 2, 5],
    ['{"a" 1}', 1, 6],
    ['[1,2]]', 1, 6],
    ['{"a":"b\nc"}', 1, 6],
    ["{'a':1}", 1, 2],
  ])('of %j is line %i, column %i', (text, line, column) => {
    expect(jsonFault(text)).toEqual({ line, column });
  });
});
