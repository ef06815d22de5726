/** Where test/build.ts puts the program whose threads and broker can die at named points. kafkajs is found from there, too. */
export const CRASHING_FOLDER = 'node_modules/.cache/lunchrush-test';
