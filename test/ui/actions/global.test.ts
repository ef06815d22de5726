import { describe, expect, test } from 'vitest';
import type { View } from '../../../src/ui/types.ts';
import { pressed } from '../press.ts';
import { lagging, NOW } from '../states.ts';

const TOAST = { text: 'a sentence', tone: 'good', at: NOW } as const;

function levels(of: Partial<View>, ...chords: string[]) {
  const { toast, filters, isZoomed, isHintShown } = pressed(lagging(), { focus: 'lag', ...of }, ...chords).view;
  return { toast, filter: filters.lag ?? '', isZoomed, isHintShown };
}

describe('Esc', () => {
  test('clears a filter at once, a sentence above the footer with it', () => {
    expect(levels({ filters: { lag: 'orders' }, toast: TOAST }, 'esc')).toMatchObject({ filter: '', toast: null });
  });

  test('of filter and zoom leaves the one that came last', () => {
    const filtered = { filters: { lag: 'orders' } };
    expect(levels(filtered, 'z', 'esc')).toMatchObject({ filter: 'orders', isZoomed: false });
    expect(levels(filtered, 'z', 'esc', 'esc')).toMatchObject({ filter: '', isZoomed: false });
    const zoomed = pressed(lagging(), { focus: 'lag' }, 'z').view;
    expect(levels({ ...zoomed, ...filtered }, 'esc')).toMatchObject({ filter: '', isZoomed: true });
    expect(levels({ ...zoomed, ...filtered }, 'esc', 'esc')).toMatchObject({ filter: '', isZoomed: false });
  });

  test('puts the hint away last, and then does nothing', () => {
    expect(levels({ isHintShown: true, isZoomed: true }, 'esc')).toMatchObject({ isHintShown: true, isZoomed: false });
    expect(levels({ isHintShown: true, isZoomed: true }, 'esc', 'esc')).toMatchObject({ isHintShown: false });
    expect(pressed(lagging(), { focus: 'lag' }, 'esc', 'esc').outcomes.every(({ do: what }) => what === 'see')).toBe(
      true,
    );
  });
});
