import { describe, expect, test } from 'vitest';
import type { State } from '../../src/engine/state.ts';
import { ACTIONS } from '../../src/ui/actions/table.ts';
import { footer } from '../../src/ui/footer.ts';
import { plain } from '../../src/ui/format/line.ts';
import { reasonAgainst } from '../../src/ui/reason.ts';
import { topLine } from '../../src/ui/top-line.ts';
import type { View } from '../../src/ui/types.ts';
import { commandsOf, pressed } from './press.ts';
import { atRest, lagging, NOW, view } from './states.ts';

const READS = 'this console only reads: --read-only';

function readOnly(state: State): State {
  return { ...state, pipeline: { ...state.pipeline, readOnly: true } };
}

function toastOf(of: Partial<View>, ...chords: string[]) {
  const { view: after, outcomes } = pressed(readOnly(lagging()), of, ...chords);
  return { text: after.toast?.text, commands: commandsOf(outcomes), overlay: after.overlay, typing: after.typing };
}

describe('a console that only reads', () => {
  test('says so in its first line, at any width', () => {
    for (const columns of [60, 80, 120, 200]) {
      const world = { state: readOnly(atRest()), now: NOW, waiting: 0 };
      const eye = view({ size: { columns, rows: 40 } });
      expect(plain(topLine(world, eye, columns)).slice(0, columns)).toContain('read-only');
      expect(plain(topLine({ ...world, state: atRest() }, eye, columns))).not.toContain('read-only');
    }
  });

  test('refuses what would change the cluster before anything is asked or written', () => {
    for (const [of, chord] of [
      [{ focus: 'orders' }, 'enter'],
      [{ focus: 'orders' }, 'e'],
      [{ focus: 'load' }, 'n'],
      [{ focus: 'load' }, 'e'],
      [{ focus: 'faults' }, 'a'],
      [{ focus: 'faults', cursors: { faults: 5 } }, 'K'],
      [{ focus: 'analytics' }, 'R'],
    ] as const) {
      expect(toastOf(of, chord)).toMatchObject({ text: READS, commands: [], overlay: null, typing: null });
    }
  });

  test('says the reason in the footer', () => {
    const context = { state: readOnly(lagging()), view: view({ focus: 'orders' }), now: NOW, chord: '' };
    expect(plain(footer(context, 160))).toContain(`place order (${READS})`);
  });

  test('lets one look at everything, and ask', () => {
    const free = (id: string, of: Partial<View>) => {
      const row = ACTIONS.find((each) => each.id === id);
      return row && reasonAgainst(row, { state: readOnly(lagging()), view: view(of), now: NOW, chord: '' });
    };
    expect(free('explain-lag', { focus: 'lag' })).toBeUndefined();
    expect(free('trace-order', { focus: 'orders', cursors: { orders: 1 } })).toBeUndefined();
    expect(free('audit-log', { focus: 'analytics' })).toBeUndefined();
    expect(free('open-palette', {})).toBeUndefined();
  });
});
