import { describe, expect, test } from 'vitest';
import { commandsOf, pressed } from '../press.ts';
import { atRest, lagging, PLAN } from '../states.ts';

const FOCUS = { focus: 'load' } as const;
const USUAL = { count: 10_000, rate: 1_000, shape: 'steady', duplicates: 0, malformed: 0, hot: 0 };

describe('keys of load', () => {
  test('s starts what the form says, which is what is usual at first', () => {
    const [command] = commandsOf(pressed(atRest(), FOCUS, 's').outcomes);
    expect(command).toEqual({ verb: 'load', ...USUAL, reuseIds: false, background: true });
  });

  test('what is written in the form counts', () => {
    const fields = { 'load-count': '20k', 'load-rate': 'max', 'load-duplicates': '1%', 'load-malformed': '0.5%' };
    const { view, outcomes } = pressed(atRest(), { ...FOCUS, fields }, 'e', 'enter');
    expect(commandsOf(outcomes)).toMatchObject([{ count: 20_000, rate: 'max', duplicates: 0.01, malformed: 0.005 }]);
    expect(view.typing).toBeNull();
  });

  test('what does not fit together is said as the command line says it', () => {
    const fields = { 'load-rate': 'max', 'load-shape': 'lunch' };
    const { view, outcomes } = pressed(atRest(), { ...FOCUS, fields }, 's');
    expect(commandsOf(outcomes)).toEqual([]);
    expect(view.toast?.text).toContain('say which with --rate');
    const odd = pressed(atRest(), { ...FOCUS, fields: { 'load-count': 'a few; quit' } }, 's');
    expect(commandsOf(odd.outcomes)).toEqual([]);
    expect(odd.view.toast?.text).toMatch(/a few/);
  });

  test('the same key stops a load that runs', () => {
    expect(commandsOf(pressed(lagging(), FOCUS, 's').outcomes)).toEqual([{ verb: 'stop', target: 'load' }]);
  });

  test('after a load the same one can be had again, and e begins with it', () => {
    const base = lagging();
    const done = { ...base, load: { ...base.load, running: false } };
    const { run: _, ...asked } = PLAN;
    const again = { verb: 'load', ...asked, reuseIds: false, background: true };
    expect(commandsOf(pressed(done, FOCUS, 's').outcomes)).toEqual([again]);
    expect(commandsOf(pressed(done, FOCUS, 'e', 'enter').outcomes)).toEqual([again]);
    expect(commandsOf(pressed(done, FOCUS, 'n', 'enter').outcomes)).toMatchObject([{ ...USUAL }]);
  });

  test('Tab and Shift+Tab go round the form, arrows through the shapes', () => {
    const field = (...chords: string[]) => pressed(atRest(), FOCUS, 'e', ...chords).view.typing?.field;
    expect([field(), field('tab'), field('shift+tab'), field('tab', 'tab', 'tab', 'tab', 'tab')]).toEqual([
      'load-count',
      'load-rate',
      'load-malformed',
      'load-count',
    ]);
    const shape = (...chords: string[]) =>
      pressed(atRest(), FOCUS, 'e', 'tab', 'tab', ...chords).view.fields['load-shape'];
    expect([shape('down'), shape('up'), shape('down', 'down', 'down', 'down')]).toEqual(['ramp', 'lunch', 'steady']);
  });
});
