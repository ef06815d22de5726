import { emulator, type Size } from './emulator.ts';
import { type Screen, screenOf } from './screen.ts';
import type { Output } from './stage.ts';

/** The screen at each of these instants, ms, in order. A frame that is being drawn then is drawn to its end. */
export async function screensAt(output: readonly Output[], size: Size, instants: readonly number[]): Promise<Screen[]> {
  const xterm = emulator(size);
  const write = (text: string) => new Promise<void>((resolve) => xterm.write(text, resolve));
  const screens: Screen[] = [];
  let next = 0;
  for (const instant of instants) {
    for (let chunk = output[next]; chunk && (chunk.at <= instant || isDrawing(output, next)); chunk = output[next]) {
      await write(chunk.text);
      next += 1;
    }
    screens.push(screenOf(xterm));
  }
  xterm.dispose();
  return screens;
}

/** Whether the output before this chunk began a synchronised update that is not at its end. */
function isDrawing(output: readonly Output[], chunk: number): boolean {
  const before = output[chunk - 1]?.text ?? '';
  return before.lastIndexOf('\u001b[?2026h') > before.lastIndexOf('\u001b[?2026l');
}
