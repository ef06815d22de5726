import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { createEar } from '../../src/ui/ear.ts';
import { createScreen } from '../../src/ui/screen.ts';
import { nameOf } from '../../src/ui/text-field.tsx';
import { createEye } from '../../src/ui/view.ts';
import type { World } from '../../src/ui/world.ts';
import { createFakeClock } from '../engine/fake-clock.ts';
import { atRest, NOW } from './states.ts';

test('keystrokes wait for the field that is in use now, not for one that was there before it', () => {
  const eye = createEye({ size: { columns: 80, rows: 24 }, ascii: false, color: true });
  const world = createStore<World>(() => ({ state: atRest(), now: NOW, waiting: 0 }));
  const screen = createScreen(world, eye.store);
  const { ear, ready } = createEar(eye, screen, createFakeClock(), () => undefined);
  const open = () =>
    eye.see([
      { type: 'overlay-opened', overlay: { kind: 'palette' } },
      { type: 'typing-began', field: 'palette', text: '' },
    ]);
  const listen = () => {
    const { field } = screen.getState();
    if (field) ready(nameOf(field));
  };
  expect(ear.isReady()).toBe(true);
  open();
  expect(ear.isReady()).toBe(false);
  listen();
  expect(ear.isReady()).toBe(true);
  // The first field is not yet heard to have gone when the second one comes.
  eye.see([{ type: 'overlay-closed' }]);
  open();
  expect(ear.isReady()).toBe(false);
  listen();
  expect(ear.isReady()).toBe(true);
});
