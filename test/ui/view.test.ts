import { describe, expect, test } from 'vitest';
import type { View, ViewEvent } from '../../src/ui/types.ts';
import { createEye, reduceView } from '../../src/ui/view.ts';
import { view } from './states.ts';

const seen = (of: Partial<View>, ...events: ViewEvent[]) => events.reduce(reduceView, view(of));

describe('the view', () => {
  test('has one overlay at a time, and typing ends with it', () => {
    const open = seen(
      {},
      { type: 'overlay-opened', overlay: { kind: 'palette' } },
      { type: 'typing-began', field: 'palette', text: '' },
    );
    expect(open).toMatchObject({ overlay: { kind: 'palette' }, typing: { field: 'palette' } });
    const help = reduceView(open, { type: 'overlay-opened', overlay: { kind: 'help', pane: 'lag' } });
    expect(help).toMatchObject({ overlay: { kind: 'help' }, typing: null });
    expect(reduceView(help, { type: 'overlay-closed' })).toMatchObject({ overlay: null, typing: null });
  });

  test('filters a list while its filter is typed', () => {
    const typed = seen(
      {},
      { type: 'typing-began', field: 'filter-facts' },
      { type: 'typed', field: 'filter-facts', text: 'kill' },
    );
    expect(typed.filters.facts).toBe('kill');
  });

  test('never takes a field for one that was there before it', () => {
    const opening: ViewEvent[] = [
      { type: 'overlay-opened', overlay: { kind: 'palette' } },
      { type: 'typing-began', field: 'palette', text: '' },
    ];
    const first = seen({}, ...opening);
    const second = seen(first, { type: 'overlay-closed' }, ...opening);
    const third = seen(second, { type: 'typing-ended' }, { type: 'typing-began', field: 'palette' });
    const revisions = [first, second, third].map(({ typing }) => typing?.revision);
    expect(new Set(revisions).size).toBe(3);
  });

  test('gives a field whose text comes from outside a new caret', () => {
    const typing = seen({}, { type: 'typing-began', field: 'palette', text: 'lo' });
    const set = reduceView(typing, { type: 'field-set', field: 'palette', text: 'load ' });
    expect(set.fields.palette).toBe('load ');
    expect(set.typing?.revision).toBe((typing.typing?.revision ?? 0) + 1);
  });

  test('remembers a line once, at its last use', () => {
    const lines = ['load', 'lag', 'load'].map((text, at): ViewEvent => ({ type: 'line-remembered', text, at }));
    expect(seen({}, ...lines).history).toEqual([
      { text: 'lag', at: 1 },
      { text: 'load', at: 2 },
    ]);
  });

  test('is told to whoever looks as one change, however many events there are', () => {
    const eye = createEye({ size: { columns: 80, rows: 24 }, ascii: false, color: true });
    let changes = 0;
    eye.store.subscribe(() => void changes++);
    eye.see([{ type: 'zoom-toggled' }, { type: 'pane-focused', pane: 'lag' }]);
    expect(changes).toBe(1);
    expect(eye.store.getState()).toMatchObject({ isZoomed: true, focus: 'lag' });
  });
});
