import { describe, expect, test } from 'vitest';
import { plain } from '../../src/ui/format/line.ts';
import { faultsPane } from '../../src/ui/panes/faults.ts';
import { drawMapLine } from '../../src/ui/panes/pipeline/line.ts';
import { pipelinePane } from '../../src/ui/panes/pipeline.ts';
import { statusOf } from '../../src/ui/top-line.ts';
import { commandsOf, pressed } from './press.ts';
import { drawn } from './screen.ts';
import { atRest, besideOthers, NOW, view } from './states.ts';

describe('a console beside workers of other programs', () => {
  test('says who runs them, and shows no knob that turns nothing', () => {
    expect(faultsPane.note?.(besideOthers(), view(), NOW)).toBe('other programs run the inventory workers');
    expect(drawn(faultsPane, besideOthers(), 78, 12)).toContain('fail rate – other programs run the inventory workers');
    const base = besideOthers();
    const idle = { ...base, load: atRest().load, start: { ...base.start, isDone: true } };
    expect(statusOf(idle, NOW).text).toBe('● run by others');
  });

  test('counts them on the small map, too', () => {
    expect(plain(drawMapLine(besideOthers(), 100, NOW))).toContain('● inventory ×2');
  });

  test('refuses to turn knobs, and asks before one of ours joins', () => {
    const turned = pressed(besideOthers(), { focus: 'faults' }, '+');
    expect(commandsOf(turned.outcomes)).toEqual([]);
    expect(turned.view.toast?.text).toBe('other programs run the inventory workers: turn it there');
    expect(pressed(besideOthers(), { focus: 'faults' }, 'enter').view.typing).toBeNull();
    const asked = pressed(besideOthers(), { focus: 'faults' }, 'a');
    expect(asked.view.overlay).toMatchObject({ kind: 'confirm', title: 'Add a worker beside those of others' });
    expect(commandsOf(asked.outcomes)).toEqual([]);
  });
});

test('the addresses of the HTTP doors stand in the frame of the map, once nothing is waited for', () => {
  const doors = { orders: 'http://127.0.0.1:8000', analytics: 'http://127.0.0.1:8002' };
  expect(pipelinePane.note?.({ ...atRest(), doors }, view(), NOW)).toBe('HTTP :8000 :8002');
  const open = { orders: 'http://10.0.0.7:8000', analytics: 'http://10.0.0.7:8002' };
  expect(pipelinePane.note?.({ ...atRest(), doors: open }, view(), NOW)).toBe('HTTP 10.0.0.7:8000 10.0.0.7:8002');
  expect(pipelinePane.note?.(atRest(), view(), NOW)).toBe('');
});
