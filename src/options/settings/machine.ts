import { setting, someText, wholeFrom } from '../setting.ts';

/** What is on this machine. */
export const machineSettings = {
  dataDir: setting({
    option: '--data-dir',
    value: '<DIR>',
    help: 'where the embedded broker and our own files live',
    variables: [{ name: 'LUNCHRUSH_DATA_DIR' }],
    json: 'text',
    is: 'a folder',
    schema: someText,
    fallback: 'a folder per user',
    completes: 'folder',
  }),
  brokerPort: setting({
    option: '--broker-port',
    value: '<PORT>',
    help: 'of the embedded broker',
    variables: [{ name: 'LUNCHRUSH_BROKER_PORT' }],
    json: 'number',
    is: 'a port from 1 to 65535',
    schema: wholeFrom(1, 65_535),
    fallback: '9092, or a free one',
  }),
  config: setting({
    option: '--config',
    value: '<FILE>',
    help: 'the configuration file',
    variables: [{ name: 'LUNCHRUSH_CONFIG' }],
    is: 'a file',
    schema: someText,
    fallback: 'lunchrush.config.json, if it is there',
    completes: 'file',
  }),
};
