import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createOutput } from '../../src/ui/output.ts';

function terminal() {
  const written: string[] = [];
  const stdout = new PassThrough() as unknown as NodeJS.WriteStream;
  stdout.on('data', (data: Buffer) => written.push(data.toString()));
  return { output: createOutput(stdout), written: () => written.join('') };
}

test('what the terminal remembers from before is never erased', () => {
  const { output, written } = terminal();
  output.stream.write('\u001b[2J\u001b[3J\u001b[Hframe');
  expect(written()).toBe('\u001b[2J\u001b[Hframe');
});

test('while the picture is held back, a frame within does not show what is not yet whole', () => {
  const { output, written } = terminal();
  const release = output.hold();
  output.stream.write('\u001b[?2026h');
  output.stream.write('frame');
  output.stream.write('\u001b[?2026l');
  output.stream.write('more');
  release();
  output.stream.write('\u001b[?2026hnext\u001b[?2026l');
  expect(written()).toBe('\u001b[?2026hframemore\u001b[?2026l\u001b[?2026hnext\u001b[?2026l');
});

test('whoever writes hears when it is written', async () => {
  const { output } = terminal();
  await new Promise((resolve) => output.stream.write('', resolve));
});
