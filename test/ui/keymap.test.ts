import { describe, expect, test } from 'vitest';
import { VERBS } from '../../src/engine/commands/table.ts';
import { ACTIONS } from '../../src/ui/actions/table.ts';
import { act, findAction, press } from '../../src/ui/keymap.ts';
import type { ActionContext, ActionRow, View } from '../../src/ui/types.ts';
import { atRest, NOW, view } from './states.ts';

function at(chord: string, of: Partial<View> = {}): ActionContext {
  return { state: atRest(), view: view(of), now: NOW, chord };
}

const row = (of: Partial<ActionRow>): ActionRow => ({
  id: 'test-row',
  layer: 'global',
  chords: ['x'],
  hint: 'test',
  help: 'tests',
  run: () => [{ do: 'refresh' }],
  ...of,
});

describe('the key table', () => {
  test('has each id once', () => {
    const ids = ACTIONS.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test('gives a chord to one row of a layer, unless rows say when they apply', () => {
    const plain = ACTIONS.filter(({ applies }) => !applies).flatMap(({ layer, chords }) =>
      chords.map((chord) => `${layer} ${chord}`),
    );
    expect(plain.filter((chord, i) => plain.indexOf(chord) !== i)).toEqual([]);
  });

  test('says of every row what it does, in words for footer and help', () => {
    expect(ACTIONS.filter(({ hint, help, chords }) => !hint || help.length < 8 || chords.length === 0)).toEqual([]);
  });

  test('names what rows do as verb-noun', () => {
    expect(ACTIONS.map(({ id }) => id).filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  });

  test('reaches every command: its palette takes the whole language', () => {
    for (const verb of VERBS) {
      const palette = at('enter', {
        overlay: { kind: 'palette' },
        typing: { field: 'palette', revision: 1 },
        fields: { palette: `help ${verb}` },
      });
      expect(press(palette)).toContainEqual({ do: 'script', text: `help ${verb}` });
    }
  });
});

describe('keystrokes', () => {
  test('go to the overlay first, then to the pane, then everywhere', () => {
    expect(findAction(at('esc', { overlay: { kind: 'palette' } }))?.id).toBe('close-palette');
    expect(findAction(at('z', { overlay: { kind: 'palette' } }))).toBeUndefined();
    expect(findAction(at('z'))?.id).toBe('zoom-pane');
    expect(
      findAction(at('z'), [row({ layer: 'pipeline', id: 'near', chords: ['z'] }), row({ chords: ['z'] })])?.id,
    ).toBe('near');
  });

  test('are never hotkeys while a text field is in use', () => {
    const typing = { focus: 'facts', typing: { field: 'filter-facts', revision: 1 } } as const;
    for (const chord of ['q', 'z', '5', ':', 'space', 'K']) expect(findAction(at(chord, typing))).toBeUndefined();
    expect(findAction(at('esc', typing))?.id).toBe('leave-field');
    expect(findAction(at('ctrl+c', typing))?.id).toBe('interrupt');
  });

  test('that cannot be carried out say why', () => {
    const outcomes = press(at('x'), [row({ guard: () => 'no load is running' })]);
    expect(outcomes).toEqual([
      { do: 'see', events: [{ type: 'toast-shown', text: 'no load is running', tone: 'work', at: NOW }] },
    ]);
  });

  test('that are dangerous ask first, and cancel is chosen', () => {
    const rows = [row({ danger: () => ({ title: 'Kill', lines: ['it dies'], go: 'Kill' }) })];
    expect(press(at('x'), rows)).toEqual([
      {
        do: 'see',
        events: [
          {
            type: 'overlay-opened',
            overlay: {
              kind: 'confirm',
              outcomes: [{ do: 'refresh' }],
              title: 'Kill',
              lines: ['it dies'],
              go: 'Kill',
              isGoChosen: false,
            },
          },
        ],
      },
    ]);
    expect(act('test-row', at(''), rows)).toEqual([{ do: 'refresh' }]);
  });

  test('that mean nothing do nothing', () => {
    expect(press(at('@'))).toEqual([]);
  });
});
